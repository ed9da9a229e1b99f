import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { definePhase, defineScenario, type PhaseDraft } from '../model/scenario.ts'
import { fillPending } from './fill-pending.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-pending-'))
  for (const name of ['1_users', '2_trips', '3_units', '4_costs']) {
    mkdirSync(join(root, 'migrations', name), { recursive: true })
    writeFileSync(join(root, 'migrations', name, 'migration.sql'), 'SELECT 1;')
  }
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const toPhase = (id: number, migrations: PhaseDraft['migrations']) =>
  definePhase({
    id,
    name: `0${id}-phase`,
    title: 'Phase',
    goal: 'none',
    risk: 'low',
    dependsOn: [],
    estimateMinutes: 1,
    migrations,
    changes: ['*'],
    expect: [],
  })

it('gives the phase that takes what is pending all that nothing else names', async () => {
  const scenario = defineScenario({
    name: 'shop',
    title: 'Shop',
    snapshot: null,
    migrations: 'migrations',
    tool: { name: 'prisma', version: '7.10.0' },
    recorded: ['1_users'],
    phases: [toPhase(1, ['3_units']), toPhase(2, 'pending')],
  })
  const { phases } = await fillPending(scenario, root)
  expect(phases.map(({ migrations }) => migrations)).toEqual([['3_units'], ['2_trips', '4_costs']])
})
