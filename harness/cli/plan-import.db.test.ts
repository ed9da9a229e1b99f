import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Proof } from '../model/proof.ts'
import { runPhaseproof } from '../testing/run-phaseproof.ts'

const repository = dirname(dirname(import.meta.dirname))
const plan = `# Shop

## Phase 1: Orders (low risk)

**Goal:** Orders can be placed
**Migrations:** \`20260101090000_orders\`
**Tables:** \`orders\`
**Rollback:** drop them

- [ ] An order is placed

\`\`\`sql
SELECT count(*) FROM orders;
\`\`\`

## Phase 2: Refunds

**Tables:** \`orders\`
**Rollback:**

\`\`\`sql
ALTER TABLE orders DROP COLUMN table_name;
\`\`\`

- [ ] It's refunded
`

let root: string
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'phaseproof-plan-')))
  // The account of the server enters it, so that all it keeps goes with the folder.
  chmodSync(root, 0o755)
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  write('package.json', '{ "type": "module", "devDependencies": { "prisma": "7.10.0" } }\n')
  write('docs/shop.md', plan)
  write('prisma/schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n')
  write('prisma/migrations/20260101090000_orders/migration.sql', 'CREATE TABLE "orders" ();\n')
  write('scenarios/README', 'made by plan import\n')
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(repository, join(root, 'node_modules/phaseproof'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const run = (...args: readonly string[]) => runPhaseproof(args, () => {}, {}, root)
const read = (file: string) => readFileSync(join(root, 'scenarios/shop', file), 'utf8')

it('shows the phases, what it could not read and the files, and writes none while nobody agrees', async () => {
  const { code, stderr } = await run('plan', 'import', 'docs/shop.md')
  expect(stderr).toContain('phase  1  Orders: low risk, 1 migration, 1 table, 3 to do')
  expect(stderr).toContain('    22  phase 2: SQL with something to fill in: table_name')
  expect(stderr).toContain('Nothing was written.')
  const json = await run('plan', 'import', 'docs/shop.md', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject({
    scenario: 'shop',
    phases: [{ id: 1 }, { id: 2 }],
    kept: [],
  })
  expect([code, json.code, existsSync(join(root, 'scenarios/shop'))]).toEqual([2, 0, false])
})

it('writes a scenario that typechecks', async () => {
  expect((await run('plan', 'import', 'docs/shop.md', '--yes')).code).toBe(0)
  const options = ['--noEmit', '--strict', '--allowImportingTsExtensions', '--skipLibCheck']
  const target = ['--module', 'nodenext', '--target', 'es2023', '--types', 'node']
  const types = ['--typeRoots', join(repository, 'node_modules/@types')]
  const files = ['scenario.ts', 'phases/01-orders/plan.contract.test.ts'].map((file) =>
    join(root, 'scenarios/shop', file),
  )
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  execFileSync(process.execPath, [tsc, ...options, ...target, ...types, ...files], {
    cwd: root,
    encoding: 'utf8',
  })
})

it('leaves each phase of it unproven until it is written', async () => {
  const proved = await run('prove', 'all', '--scenario', 'shop', '--postgres', 'embedded', '--json')
  const { verdict, phases } = JSON.parse(proved.stdout) as Proof
  expect([proved.code, verdict]).toEqual([3, 'undecided'])
  expect(phases).toMatchObject([
    { outcome: 'not-run', blockedBy: expect.stringContaining('"An order is placed"') },
    {
      outcome: 'not-run',
      blockedBy: expect.stringContaining('"name its migrations: the plan names none (line 16)"'),
    },
  ])
})

it('proves nothing without its contracts either, though there is no server', async () => {
  const alone = await run('prove', 'all', '--scenario', 'shop', '--postgres', 'embedded', '--no-contracts')
  expect(alone.code).toBe(3)
})

it('leaves files alone that somebody edited, and says so', async () => {
  const phase = 'phases/01-orders/phase.ts'
  const edited = read(phase).replace("risk: 'low'", "risk: 'high'")
  writeFileSync(join(root, 'scenarios/shop', phase), edited)
  rmSync(join(root, 'scenarios/shop/phases/02-refunds/phase.ts'))
  const { code, stderr } = await run('plan', 'import', 'docs/shop.md', '--yes')
  expect(stderr).toContain(`left     scenarios/shop/${phase}: it is there, and says something else`)
  expect(stderr).toContain('written: scenarios/shop/phases/02-refunds/phase.ts\n')
  expect([code, read(phase)]).toEqual([0, edited])
  expect((await run('plan', 'import', 'docs/shop.md', '--yes')).stderr).toContain(
    'Everything is there already',
  )
})

it('refuses a document without phases, and one that is not there', async () => {
  const none = await run('plan', 'import', 'scenarios/README')
  const gone = await run('plan', 'import', 'docs/none.md')
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('no phases that we can tell apart')])
  expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('there is no such file')])
})

it('still proposes phases where no document is named', async () => {
  const { code, stdout } = await run('plan', '--scenario', 'shop', '--json')
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    [expect.objectContaining({ migrations: ['20260101090000_orders'] })],
  ])
})
