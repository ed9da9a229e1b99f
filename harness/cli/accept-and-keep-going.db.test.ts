import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proof } from '../model/proof.ts'
import { runPhaseproof } from '../testing/run-phaseproof.ts'
import { makeShopProject } from '../testing/shop-project.ts'

let project: ReturnType<typeof makeShopProject>
const phaseFile = (name: string) => join('scenarios', name, 'phases', '01-shop', 'phase.ts')

beforeAll(() => {
  project = makeShopProject()
})
afterAll(() => project.remove())

/** A scenario from an empty database whose only phase applies these files, with its phase in a file of its own. */
function addPlan(name: string, migrations: Readonly<Record<string, string>>, changes: string): void {
  for (const [folder, sql] of Object.entries(migrations)) {
    project.write(`migrations/${name}/${folder}/migration.sql`, sql)
  }
  project.write(
    phaseFile(name),
    `export default {
  id: 1, name: '01-shop', title: 'Shop', goal: 'shop', risk: 'low', estimateMinutes: 1, dependsOn: [],
  migrations: ${JSON.stringify(Object.keys(migrations))},
  changes: ${changes},
  expect: [{ kind: 'table', table: 'orders', exists: true }],
}
`,
  )
  project.write(
    `scenarios/${name}/scenario.ts`,
    `import phase from './phases/01-shop/phase.ts'
export default { name: '${name}', title: 'Shop', snapshot: null, migrations: 'migrations/${name}',
  tool: { name: 'prisma', version: '7.3.0' }, phases: [phase] }
`,
  )
}

const prove = (name: string, flags: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runPhaseproof(
    ['prove', '1', '--scenario', name, '--postgres', 'embedded', ...flags],
    undefined,
    env,
    project.root,
  )

describe('prove --accept', () => {
  const orders = { '1_orders': 'CREATE TABLE orders (id integer); CREATE TABLE billing_lines (id integer);' }

  it('writes what was seen into the phase, once, and the next run is proven', async () => {
    addPlan('accepted', orders, "['orders']")
    const first = await prove('accepted', ['--accept'], { CI: '' })
    expect([first.code, first.stderr]).toEqual([
      1,
      expect.stringContaining(`accepted: ${phaseFile('accepted')} lists billing_lines under changes now`),
    ])
    expect(readFileSync(join(project.root, phaseFile('accepted')), 'utf8')).toContain(
      "\n  changes: ['orders', 'billing_lines'],\n",
    )
    const second = await prove('accepted', ['--accept'], { CI: '' })
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('accepted nothing')])
  })

  it('leaves a list that code puts together to a person, and names what belongs there', async () => {
    addPlan('computed', orders, "['orders'].map((name) => name).filter(() => true) && ['x'].slice(1)")
    const text = readFileSync(join(project.root, phaseFile('computed')), 'utf8')
    project.write(
      phaseFile('computed'),
      text
        .replace('changes: [', 'changes: ((list: string[]) => list)([')
        .replace('.slice(1),', '.slice(1)),'),
    )
    const { stderr } = await prove('computed', ['--accept'], { CI: '' })
    expect(stderr).toMatch(/not accepted: add .*billing_lines.* to changes of phase 01-shop yourself/)
  })

  it('is refused in CI, before anything starts', async () => {
    const { code, stderr } = await prove('accepted', ['--accept'], { CI: 'true' })
    expect([code, stderr]).toEqual([2, expect.stringContaining('in CI, where nobody reviews it')])
  })
})

describe('a pattern under changes', () => {
  it('stands for what it matches', async () => {
    addPlan(
      'matched',
      { '1_orders': 'CREATE TABLE orders (id integer); CREATE TABLE billing_a ();' },
      "['orders', 'billing_*']",
    )
    expect((await prove('matched', [])).code).toBe(0)
  })

  it('is a fault of the plan where it stands for nothing', async () => {
    addPlan('unmatched', { '1_orders': 'CREATE TABLE orders (id integer);' }, "['orders', 'biling_*']")
    const { code, stderr } = await prove('unmatched', [])
    expect([code, stderr]).toEqual([2, expect.stringContaining('phase 01-shop: nothing is named biling_*')])
  })
})

describe('prove --keep-going', () => {
  const files = {
    '1_orders': 'CREATE TABLE orders (id integer);',
    '2_parcels': 'CREATE TABLE parcels (id integer); SELECT nowhere();',
    '3_weights': 'ALTER TABLE parcels ADD COLUMN weight integer;',
    '4_labels': 'CREATE TABLE labels (id integer);',
    '5_orders': 'CREATE TABLE orders (id integer);',
  }
  const findings = async (flags: readonly string[]) => {
    const { stdout } = await prove('several', ['--json', ...flags])
    const [phase] = (JSON.parse(stdout) as Proof).phases
    return phase?.outcome === 'failed' ? phase.findings : []
  }

  it('lists every migration of the phase that fails, and which may fail only because of another', async () => {
    addPlan('several', files, "['*']")
    const failed = await findings(['--keep-going'])
    expect(failed).toMatchObject([
      {
        kind: 'migration-failed',
        failure: { migration: '2_parcels', sqlstate: '42883' },
        applied: ['1_orders'],
      },
      {
        kind: 'migration-failed',
        failure: { migration: '3_weights', sqlstate: '42P01' },
        triedAfter: { migration: '2_parcels', missing: 'parcels' },
      },
      {
        kind: 'migration-failed',
        failure: { migration: '5_orders', sqlstate: '42P07' },
        triedAfter: { migration: '2_parcels', missing: null },
      },
    ])
    expect(failed).toHaveLength(3)
    const { stdout } = await prove('several', ['--keep-going'])
    expect(stdout).toContain(
      'tried although 2_parcels failed, which creates parcels: it may fail only because of that',
    )
  })

  it('is asked for: else the first failure is all that is told', async () => {
    expect(await findings([])).toHaveLength(1)
  })
})
