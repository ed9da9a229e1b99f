import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { extendVitestConfig } from './extend-vitest-config.ts'
import { renderChanges, writeChanges } from './file-change.ts'
import { findPackageManager } from './find-package-manager.ts'
import { findServers } from './find-server.ts'
import { findTestRunner } from './find-test-runner.ts'
import { listPackages } from './list-packages.ts'
import { proposeChanges, type Repository } from './propose-changes.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-init-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

const project = {
  tool: 'prisma',
  title: 'Prisma 7.10.0',
  folder: '.',
  foundBy: null,
  schema: 'prisma/schema.prisma',
  migrations: 'prisma/migrations',
  version: '7.10.0',
}
const toRepository = (): Repository => ({
  root,
  project,
  server: null,
  runner: findTestRunner(root),
  manager: findPackageManager(root),
  starts: [{ name: 'from-empty', snapshot: null, recorded: [] }],
})

describe('what is proposed', () => {
  it('is a handful of files, and nothing more once they are written', async () => {
    write({
      'package.json': '{\n    "name": "shop",\n    "scripts": {"test": "jest"}\n}\n',
      '.gitignore': 'node_modules',
    })
    const changes = await proposeChanges(toRepository())
    expect(changes.map(({ path }) => path)).toEqual([
      'scenarios/from-empty/scenario.ts',
      'phaseproof.vitest.config.mts',
      'package.json',
      '.github/workflows/phaseproof.yml',
      '.gitignore',
    ])
    writeChanges(root, changes)
    expect(await proposeChanges(toRepository())).toEqual([])
  })

  it.for<[string | null, string | undefined]>([
    [null, '.phaseproof/\nreports/\n'],
    ['node_modules', 'node_modules\n.phaseproof/\nreports/\n'],
    ['/.phaseproof\n', '/.phaseproof\nreports/\n'],
    ['.phaseproof/\r\n/reports/\r\n', undefined],
  ])('keeps out of Git what runs leave: %j becomes %j', async ([before, after]) => {
    write({ 'package.json': '{}', ...(before === null ? {} : { '.gitignore': before }) })
    const change = (await proposeChanges(toRepository())).find(({ path }) => path === '.gitignore')
    expect(change?.after).toBe(after)
  })

  it('leaves a scenario that a person has changed as it is', async () => {
    write({ 'package.json': '{}', 'scenarios/from-empty/scenario.ts': 'export default {}' })
    const paths = (await proposeChanges(toRepository())).map(({ path }) => path)
    expect(paths).not.toContain('scenarios/from-empty/scenario.ts')
  })

  it('shows of a file that is there only what changes', async () => {
    write({ 'package.json': '{\n  "name": "shop",\n  "scripts": {\n    "test": "jest"\n  }\n}\n' })
    const shown = renderChanges(
      (await proposeChanges(toRepository())).filter(({ path }) => path === 'package.json'),
    )
    expect(shown).toContain('    +     "phaseproof": "phaseproof regression"')
    expect(shown).not.toContain('"name"')
  })

  it('starts the server that was found, from the scenario’s folder', async () => {
    write({ 'package.json': '{}' })
    const server = { folder: 'apps/api', framework: 'Nest', script: 'start:prod', healthPath: '/api/health' }
    const [scenario] = await proposeChanges({ ...toRepository(), server })
    expect(scenario?.after).toContain(
      `command: ['npm', '--prefix', '../../apps/api', 'run', 'start:prod'], healthPath: '/api/health'`,
    )
  })
})

describe('an existing vitest.config', () => {
  it.for([
    [
      'with defineConfig',
      `import { defineConfig } from 'vitest/config'\n\nexport default defineConfig({ test: { globals: true } })\n`,
      `import { defineConfig } from 'vitest/config'\nimport { phaseproofConfig } from 'phaseproof/vitest'\n\nexport default phaseproofConfig(defineConfig({ test: { globals: true } }))\n`,
    ],
    [
      'with semicolons, double quotes and types',
      `import { defineConfig } from "vitest/config";\nconst n: number = 1;\nexport default defineConfig(({ mode }) => ({ test: { name: mode } }));\nexport const x = n;\n`,
      `import { defineConfig } from "vitest/config";\nimport { phaseproofConfig } from "phaseproof/vitest";\nconst n: number = 1;\nexport default phaseproofConfig(defineConfig(({ mode }) => ({ test: { name: mode } })));\nexport const x = n;\n`,
    ],
    [
      'that is a plain object',
      'export default { test: {} }\n',
      `import { phaseproofConfig } from 'phaseproof/vitest'\n\nexport default phaseproofConfig({ test: {} })\n`,
    ],
  ])('%s is extended, and only once', async ([, text = '', expected]) => {
    const extended = await extendVitestConfig('vitest.config.ts', text)
    expect(extended).toBe(expected)
    expect(await extendVitestConfig('vitest.config.ts', extended ?? '')).toBe(expected)
  })

  it('is left alone without a default export', async () => {
    expect(await extendVitestConfig('vitest.config.cjs', 'module.exports = { test: {} }\n')).toBeNull()
  })

  it.for([
    ['4.1.12', { kind: 'vitest', config: 'vitest.config.ts' }],
    ['3.2.4', { kind: 'other', name: 'Vitest 3.2.4' }],
  ] as const)('of Vitest %s counts as %o', ([version, expected]) => {
    write({ 'vitest.config.ts': '', 'node_modules/vitest/package.json': JSON.stringify({ version }) })
    expect(findTestRunner(root)).toEqual(expected)
  })
})

describe('the packages of a repository', () => {
  it.for<[string, Record<string, string>]>([
    ['a pnpm workspace', { 'pnpm-workspace.yaml': 'packages:\n  - "modules/*"\n' }],
    ['npm workspaces', { 'package.json': '{"workspaces":["modules/db"]}' }],
    ['yarn workspaces', { 'package.json': '{"workspaces":{"packages":["modules/**"]}}' }],
  ])('are those of %s, and of the usual folders', ([, files]) => {
    write({
      'package.json': '{}',
      'modules/db/package.json': '{}',
      'packages/database/package.json': '{}',
      'apps/x/readme': '',
      ...files,
    })
    expect(listPackages(root)).toEqual(['.', 'modules/db', 'packages/database'])
  })
})

describe('a server', () => {
  it.for([
    ['Nest', '@nestjs/core', 'src/health.controller.ts', `@Controller('healthz')`, '/healthz'],
    ['Express', 'express', 'src/app.js', `app.get('/api/health', ok)`, '/api/health'],
    ['Next', 'next', 'app/api/health/route.ts', 'export function GET() {}', '/api/health'],
    ['Fastify', 'fastify', 'src/app.ts', `app.get('/trips', list)`, '/health'],
    ['tRPC', '@trpc/server', 'src/app.test.ts', `get('/readyz')`, '/health'],
  ])(
    'of %s is found with its health path',
    ([framework = '', dependency = '', file = '', text = '', healthPath]) => {
      write({
        'package.json': JSON.stringify({
          scripts: { dev: 'x', start: 'node .' },
          dependencies: { [dependency]: '1' },
        }),
        [file]: text,
      })
      expect(findServers(root, ['.'])).toEqual([{ folder: '.', framework, script: 'start', healthPath }])
    },
  )

  it('is none without a script that starts it', () => {
    write({ 'package.json': JSON.stringify({ dependencies: { express: '5' } }) })
    expect(findServers(root, ['.'])).toEqual([])
  })
})

describe('the package manager', () => {
  it.for<[string, Record<string, string>]>([
    ['pnpm', { 'pnpm-lock.yaml': '' }],
    ['yarn', { 'yarn.lock': '' }],
    ['bun', { 'bun.lock': '' }],
    ['npm', { 'package-lock.json': '{}' }],
    ['pnpm', { 'package.json': '{"packageManager":"pnpm@10.1.0"}', 'package-lock.json': '{}' }],
  ])('is %s by %o', ([name, files]) => {
    write(files)
    expect(findPackageManager(root).name).toBe(name)
  })
})
