import { describe, expect, it } from 'vitest'
import type { Phase, Scenario } from '../model/scenario.ts'
import { accepts, sameSchemaAs, table } from '../model/vocabulary.ts'
import { planFaults } from './plan-faults.ts'

function toPhase(changes: Partial<Phase> = {}): Phase {
  return {
    id: 1,
    name: '01-first',
    title: 'First',
    goal: 'Begin',
    risk: 'low',
    dependsOn: [],
    estimateMinutes: 5,
    migrations: ['1_a'],
    changes: ['a'],
    expect: table('a'),
    ...changes,
  }
}

const second = toPhase({ id: 2, name: '02-second', dependsOn: [1], migrations: ['2_b'] })

function toScenario(phases: readonly Phase[], changes: Partial<Scenario> = {}): Scenario {
  return {
    name: 'plan',
    title: 'A plan',
    snapshot: null,
    migrations: 'migrations',
    tool: { name: 'prisma' },
    phases,
    ...changes,
  }
}

const folder = ['1_a', '2_b']
const words = {
  title: 'Tool 2',
  order: 'its sign',
  unfinishedEffect: '',
  unfinishedRemedy: '',
  elsewhereRemedy: '',
  orderRemedy: '',
  deploy: 'deploy',
  resolveApplied: 'resolve --applied <name>',
  resolveRolledBack: 'resolve --rolled-back <name>',
}

const cases: readonly { claim: string; phases: readonly Phase[]; fault: string }[] = [
  { claim: 'no phases', phases: [], fault: 'the scenario has no phases' },
  {
    claim: 'a migration in no phase',
    phases: [toPhase()],
    fault: 'migration 2_b is in no phase',
  },
  {
    claim: 'a migration in two phases',
    phases: [toPhase(), { ...second, migrations: ['1_a', '2_b'] }],
    fault: 'migration 1_a is named 2 times: phase 01-first, phase 02-second',
  },
  {
    claim: 'a migration both applied and recorded',
    phases: [toPhase({ recorded: ['1_a'] }), second],
    fault: 'migration 1_a is named 2 times: phase 01-first, phase 01-first (recorded)',
  },
  {
    claim: 'a migration that is not in the folder',
    phases: [toPhase({ migrations: ['1_a', '1_z'] }), second],
    fault: 'migration 1_z, named by phase 01-first, is not in the folder',
  },
  {
    claim: 'migrations in an order that the tool does not take',
    phases: [toPhase({ migrations: ['2_b', '1_a'] })],
    fault:
      'phase 01-first lists its migrations in an order Tool 2 will not take: it goes by its sign, so 1_a, 2_b',
  },
  {
    claim: 'two phases of one id',
    phases: [toPhase(), { ...second, id: 1, dependsOn: [] }],
    fault: 'two phases have the id 1',
  },
  {
    claim: 'two phases of one name',
    phases: [toPhase(), { ...second, name: '01-first' }],
    fault: 'two phases are named 01-first',
  },
  {
    claim: 'a gap in the ids',
    phases: [toPhase(), { ...second, id: 3 }],
    fault: 'phase 02-second has the id 3 but stands at position 2; ids count 1, 2, 3 in order',
  },
  {
    claim: 'a dependency on an unknown phase',
    phases: [toPhase(), { ...second, dependsOn: [7] }],
    fault: 'phase 02-second depends on phase 7, which does not exist',
  },
  {
    claim: 'a dependency on a later phase',
    phases: [toPhase({ dependsOn: [2] }), second],
    fault: 'phase 01-first depends on phase 2, which comes later',
  },
  {
    claim: 'a dependency that stands there twice',
    phases: [toPhase(), { ...second, dependsOn: [1, 1] }],
    fault: 'phase 02-second depends on phase 1 twice',
  },
  {
    claim: 'a dependency with an empty reason',
    phases: [toPhase(), { ...second, dependsBecause: { 1: ' ' } }],
    fault: 'phase 02-second depends on phase 1, and the reason for it is empty',
  },
  {
    claim: 'a phase without migrations',
    phases: [toPhase({ migrations: [] }), { ...second, migrations: ['1_a', '2_b'] }],
    fault: 'phase 01-first is empty: it has no migrations',
  },
  {
    claim: 'a phase that says it has no migrations, and has some',
    phases: [toPhase({ withoutMigrations: 'the plan names none' }), second],
    fault: 'phase 01-first says withoutMigrations, and names some',
  },
  {
    claim: 'a phase without expectations',
    phases: [toPhase({ expect: [] }), second],
    fault:
      'phase 01-first expects nothing (expect: []), so nothing could disprove it; state what it is for (docs/scenarios.md, Expectations)',
  },
  {
    claim: 'two probes of one title',
    phases: [toPhase({ expect: [accepts('same', 'SELECT 1'), accepts('same', 'SELECT 2')] }), second],
    fault: 'phase 01-first has two probes called "same"',
  },
  {
    claim: 'a comparison with a schema that the target does not name',
    phases: [toPhase({ expect: [sameSchemaAs('target-schema')] }), second],
    fault: "phase 01-first compares with target-schema, but the scenario's target names none",
  },
]

describe('planFaults', () => {
  it('finds nothing in a plan that holds', () => {
    expect(planFaults(toScenario([toPhase(), second]), folder, words)).toEqual([])
  })

  it('finds nothing in a plan that names what is recorded, before it or in a phase', () => {
    const phases = [toPhase({ migrations: ['3_c'], recorded: ['2_b'] })]
    expect(planFaults(toScenario(phases, { recorded: ['1_a'] }), ['1_a', '2_b', '3_c'], words)).toEqual([])
  })

  it.for(cases)('names $claim', ({ phases, fault }) => {
    expect(planFaults(toScenario(phases), folder, words)).toContain(fault)
  })

  it('lets a phase be empty that says what is to do', () => {
    const empty = toPhase({
      id: 3,
      name: '03-third',
      migrations: [],
      expect: [],
      todo: ['name its migration'],
    })
    expect(planFaults(toScenario([toPhase(), second, empty]), folder, words)).toEqual([])
  })

  it('names earlier servers without a server to take contracts from, and phases that do not exist', () => {
    const earlierServers = { old: { server: { module: './old.ts' }, until: 3 } }
    expect(planFaults(toScenario([toPhase(), second], { earlierServers }), folder, words)).toEqual([
      'the earlier server old is named, but no server whose contracts it is tried by',
      'the earlier server old runs until phase 3, which does not exist',
    ])
    const sound = {
      earlierServers: { old: { ...earlierServers.old, until: 2 } },
      server: { module: './new.ts' },
    }
    expect(planFaults(toScenario([toPhase(), second], sound), folder, words)).toEqual([])
  })

  it('names what keeps an alternative from being an order of all phases', () => {
    const alternatives = [
      { title: 'odd', order: [1, 1, 7], fails: { phase: 9, because: 'it must' } },
      { title: 'sound', order: [2, 1], fails: { phase: 2, because: 'it needs phase 1' } },
    ]
    expect(planFaults(toScenario([toPhase(), second], { alternatives }), folder, words)).toEqual([
      'the alternative "odd" names phase 7, which does not exist',
      'the alternative "odd" names phase 1 twice',
      'the alternative "odd" leaves out phase 2',
      'the alternative "odd" fails at phase 9, which does not exist',
    ])
  })

  it('lists all faults together', () => {
    const phases = [toPhase({ migrations: ['1_z'], expect: [], dependsOn: [9] })]
    expect(planFaults(toScenario(phases), folder, words)).toEqual([
      'phase 01-first depends on phase 9, which does not exist',
      'phase 01-first expects nothing (expect: []), so nothing could disprove it; state what it is for (docs/scenarios.md, Expectations)',
      'migration 1_a is in no phase',
      'migration 2_b is in no phase',
      'migration 1_z, named by phase 01-first, is not in the folder',
    ])
  })
})
