import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import tcc from '../../scenarios/tcc-catch-up/scenario.ts'
import type { Scenario } from '../model/scenario.ts'
import { accepts } from '../model/vocabulary.ts'
import { readPlan } from './read-plan.ts'

const [first] = tcc.phases

function withProbe(sql: string): Scenario {
  if (!first) throw new Error('the plan has phases')
  return { ...tcc, phases: [{ ...first, expect: [accepts('stays', sql)] }, ...tcc.phases.slice(1)] }
}

it.for([
  'SELECT 1; COMMIT',
  '/* quietly */ COMMIT AND CHAIN',
  'BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1',
  'END',
])('refuses a probe that would leave its transaction: %s', async (sql) => {
  await expect(readPlan(withProbe(sql), 1, process.cwd())).rejects.toMatchObject({
    code: 'plan-invalid',
    context: { faults: [expect.stringContaining('transaction control')] },
  })
})

it.for([
  ['SELEC 1', 'cannot be parsed'],
  ['-- nothing', 'no statement'],
] as const)('refuses a probe that asks nothing: %s', async ([sql, fault]) => {
  await expect(readPlan(withProbe(sql), 1, process.cwd())).rejects.toMatchObject({
    context: { faults: [expect.stringContaining(fault)] },
  })
})

it.for(['DO $$ BEGIN PERFORM 1; END; $$', `SELECT '; commit;'`])(
  'takes no text for transaction control: %s',
  async (sql) => {
    await expect(readPlan(withProbe(sql), 1, process.cwd())).resolves.toMatchObject({
      migrations: { length: 46 },
    })
  },
)

it('takes the version of the tool from the repository when the scenario names none', async () => {
  const installed = JSON.parse(readFileSync('node_modules/prisma/package.json', 'utf8')) as {
    version: string
  }
  const { tool } = await readPlan({ ...tcc, tool: { name: 'prisma' } }, 1, process.cwd())
  expect(tool.rules.version).toBe(installed.version)
})

it('refuses a phase whose migrations stand in another order than the tool takes, whatever the bytes say', async () => {
  const [, second] = first?.migrations ?? []
  const swapped = {
    ...first,
    migrations: [second, ...(first?.migrations ?? []).filter((name) => name !== second)],
  }
  const plan = { ...tcc, phases: [swapped, ...tcc.phases.slice(1)] } as Scenario
  await expect(readPlan(plan, 1, process.cwd())).rejects.toMatchObject({
    code: 'plan-invalid',
    context: { faults: [expect.stringContaining('an order Prisma 7.3.0 will not take')] },
  })
})
