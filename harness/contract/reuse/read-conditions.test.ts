import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Conditions } from '../../model/reuse.ts'
import { type ConditionSources, isCovered, listChanges, readConditions } from './read-conditions.ts'

let folder: string
let root: string
let sources: ConditionSources

const contract = 'scenarios/shop/phases/01-orders/orders.contract.test.ts'
const files = {
  '.git/HEAD': 'ref: refs/heads/main',
  '.gitignore': 'generated/\ndist/\n',
  'package.json': '{}',
  'pnpm-lock.yaml': 'lockfileVersion: 9',
  'node_modules/.modules.yaml': 'prunedAt: monday',
  'node_modules/.package-lock.json': '{"packages":{"node_modules/installed":{},"node_modules/@own/lib":{}}}',
  'node_modules/installed/index.js': '1',
  'node_modules/@own/client/index.js': 'export const model = 1',
  'node_modules/.prisma/client/index.js': 'export const model = 1',
  'migrations/shop/schema.prisma': 'model Order {}',
  'migrations/shop/001_orders/migration.sql': 'CREATE TABLE orders ();',
  'snapshots/shop/data/public.orders.copy': '1',
  'snapshots/other/manifest.json': '{"digest":"a"}',
  'snapshots/other/data/public.orders.copy': '1',
  'scenarios/shop/scenario.ts': 'export default {}',
  'scenarios/shop/openapi.yaml': 'openapi: 3.1.0',
  'scenarios/shop/sweep.ts': 'export default {}',
  'scenarios/shop/server/app.ts': 'export const status = 200',
  'generated/client.ts': 'export const model = 1',
  'dist/app.js': 'export const status = 200',
  'settings.env': 'TAX=19',
  'scenarios/shop/orders-helper.ts': "export const path = '/orders'",
  'scenarios/shop/shared.test.ts': 'export const shared = 1',
  'README.md': 'prose',
  'scenarios/shop/server/welcome.md': 'Good day',
  'snapshots/logins.json': '{}',
  'reports/shop/phase-1.json': '{}',
  'coverage/index.html': '',
  '.phaseproof/evidence/a.json': '{}',
  [contract]: "import '../../orders-helper.ts'\nimport '../../shared.test'\n",
  'scenarios/shop/phases/01-orders/refunds.contract.test.ts': '1',
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phaseproof-conditions-'))
  root = join(folder, 'project')
  for (const [file, text] of Object.entries(files)) write(join(root, file), text)
  write(join(folder, 'neighbour/index.ts'), 'export const tax = 19')
  write(join(folder, 'harness/judge.ts'), 'export const rule = 1')
  symlinkSync('../../neighbour', join(root, 'node_modules/neighbour'))
  symlinkSync('dist', join(root, 'linked'))
  sources = {
    projectRoot: root,
    migrations: 'migrations/shop',
    snapshot: 'snapshots/shop',
    harness: join(folder, 'harness'),
    listGenerated: (packages) => (packages.startsWith(root) ? [join(packages, '.prisma')] : []),
    env: { TAX: '19', TERM: 'xterm' },
    node: 'v22.0.0 linux x64',
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** All that the outcome of the contract is kept under, as far as files and values tell. */
function toKey({ digest, tests }: Conditions): string {
  return `${digest} ${tests[join(root, contract)]}`
}

describe('conditions', () => {
  const edits: readonly [string, () => unknown][] = [
    ['a file of the server', () => append('scenarios/shop/server/app.ts')],
    ['a generated file that git ignores', () => append('generated/client.ts')],
    ['a compiled file that git ignores', () => append('dist/app.js')],
    ['a helper that the test imports', () => append('scenarios/shop/orders-helper.ts')],
    ['the test', () => append(contract)],
    ['a test file that the test imports', () => append('scenarios/shop/shared.test.ts')],
    ['the OpenAPI document', () => append('scenarios/shop/openapi.yaml')],
    ['the sweep plan', () => append('scenarios/shop/sweep.ts')],
    ['the scenario', () => append('scenarios/shop/scenario.ts')],
    ['the schema that the client is generated from', () => append('migrations/shop/schema.prisma')],
    ['the lockfile', () => append('pnpm-lock.yaml')],
    ['what the installer recorded', () => append('node_modules/.modules.yaml')],
    ['a client generated into node_modules', () => append('node_modules/.prisma/client/index.js')],
    [
      'a package of the same workspace, outside of the project',
      () => appendFileSync(join(folder, 'neighbour/index.ts'), ' '),
    ],
    ['a client generated among the packages', () => append('node_modules/@own/client/index.js')],
    ['a text that a server may send', () => append('scenarios/shop/server/welcome.md')],
    ['a file beside the snapshots', () => append('snapshots/logins.json')],
    ['whether a file may be executed', () => chmodSync(join(root, 'scenarios/shop/server/app.ts'), 0o755)],
    ['the manifest of another snapshot', () => append('snapshots/other/manifest.json')],
    ['a file that is no code', () => append('settings.env')],
    ['a new file', () => write(join(root, 'scenarios/shop/server/new.ts'), '')],
    ['a file that is gone', () => rmSync(join(root, 'scenarios/shop/server/app.ts'))],
    [
      'where a link leads',
      () => {
        rmSync(join(root, 'linked'))
        symlinkSync('generated', join(root, 'linked'))
      },
    ],
    ['the code of the harness', () => appendFileSync(join(folder, 'harness/judge.ts'), ' ')],
    ['a variable of the environment', () => ({ env: { TAX: '7', TERM: 'xterm' } })],
    ['a variable more', () => ({ env: { TAX: '19', TERM: 'xterm', PORT: '1' } })],
    ['the version of Node', () => ({ node: 'v24.0.0 linux x64' })],
    [
      'an edit that keeps size and time',
      () => {
        const file = join(root, 'scenarios/shop/server/app.ts')
        utimesSync(file, 1, 1)
        writeFileSync(file, 'export const status = 500')
        utimesSync(file, 1, 1)
      },
    ],
  ]
  it.for(edits)('are others after an edit of %s', ([, edit]) => {
    const before = toKey(readConditions(sources))
    expect(toKey(readConditions(sources))).toBe(before)
    expect(toKey(readConditions({ ...sources, ...(edit() as Partial<ConditionSources>) }))).not.toBe(before)
  })

  const others: readonly [string, () => unknown][] = [
    ['a migration, which the checkpoint covers', () => append('migrations/shop/001_orders/migration.sql')],
    [
      'rows of the snapshot, which the checkpoint covers',
      () => append('snapshots/shop/data/public.orders.copy'),
    ],
    ['another test', () => append('scenarios/shop/phases/01-orders/refunds.contract.test.ts')],
    ['rows of another snapshot', () => append('snapshots/other/data/public.orders.copy')],
    ['an installed package, which the installer recorded', () => append('node_modules/installed/index.js')],
    ['prose', () => append('README.md')],
    ['a report', () => append('reports/shop/phase-1.json')],
    ['a measurement of coverage', () => append('coverage/index.html')],
    ['what runs keep', () => append('.phaseproof/evidence/a.json')],
    ['what git keeps', () => append('.git/HEAD')],
    [
      'the terminal',
      () => ({ env: { TAX: '19', TERM: 'dumb', COLUMNS: '80', npm_lifecycle_event: 'test' } }),
    ],
  ]
  it.for(others)('are the same after an edit of %s', ([, edit]) => {
    const before = toKey(readConditions(sources))
    expect(toKey(readConditions({ ...sources, ...(edit() as Partial<ConditionSources>) }))).toBe(before)
  })

  it('are the same after an edit of what runs keep, also where that folder is a link', () => {
    renameSync(join(root, '.phaseproof'), join(folder, 'kept elsewhere'))
    symlinkSync('../kept elsewhere', join(root, '.phaseproof'))
    const before = toKey(readConditions(sources))
    append('.phaseproof/evidence/a.json')
    expect(toKey(readConditions(sources))).toBe(before)
  })

  it('of every test are others when code that is no test imports the test that was edited', () => {
    append('scenarios/shop/server/app.ts', "\nimport '../shared.test.ts'\n")
    const refunds = join(root, 'scenarios/shop/phases/01-orders/refunds.contract.test.ts')
    const before = readConditions(sources)
    append('scenarios/shop/shared.test.ts')
    const after = readConditions(sources)
    expect(after.tests[refunds]).toBe(before.tests[refunds])
    expect(after.digest).not.toBe(before.digest)
  })

  it('name the files that changed meanwhile, from the project', () => {
    const before = readConditions(sources)
    append('generated/client.ts')
    expect(listChanges(before, readConditions(sources), root)).toEqual(['generated/client.ts'])
  })

  it('do not cover a file outside of the repository', () => {
    const conditions = readConditions(sources)
    write(join(folder, 'elsewhere.ts'), '')
    expect(isCovered(conditions, join(folder, 'elsewhere.ts'))).toBe(false)
    expect(isCovered(conditions, join(root, 'dist/app.js'))).toBe(true)
  })
})

function append(file: string, text = ' '): undefined {
  appendFileSync(join(root, file), text)
}

function write(file: string, text: string): undefined {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
