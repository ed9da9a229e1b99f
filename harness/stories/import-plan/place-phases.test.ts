import { describe, expect, it } from 'vitest'
import { parsePlan } from './parse-plan.ts'
import { type PlacedPlan, placePhases } from './place-phases.ts'
import { readSql } from './read-sql.ts'
import { renderFiles } from './render-files.ts'

const folder = ['20260101100000_a', '20260102100000_b', '20260103100000_c', '20260104100000_d']

async function place(markdown: string, recorded: readonly string[] = [], names = folder) {
  return placePhases(await parsePlan(markdown), { folder: names, recorded: new Set(recorded) })
}

const told = ({ notes }: PlacedPlan) => notes.map(({ line, what }) => `${line} ${what}`)

const plan = `# Plan
Inventory: \`20260104100000_d\`
## Phase 1: One (low risk, 5 min)
Migrations:
- \`20260102100000_b\`
- \`20260101100000_a\` (already applied)
- \`20260109100000_gone\`
- Add an index
Tables: \`a\`
Rollback: drop it
## Phase 2: Two
Migrations:
- \`c\`
- \`20260101100000_a\`
Depends on: \`a\`, Phase 7
`

describe('placePhases', () => {
  it('gives each migration one place, those of the history and those that the plan forgot too', async () => {
    const { phases, recorded } = await place(plan, ['20260101100000_a'])
    expect(
      phases.map(({ name, migrations, recorded, dependsOn }) => ({ name, migrations, recorded, dependsOn })),
    ).toEqual([
      { name: '01-one', migrations: ['20260102100000_b'], recorded: ['20260101100000_a'], dependsOn: [] },
      { name: '02-two', migrations: ['20260103100000_c'], recorded: [], dependsOn: [1] },
      { name: '03-not-in-the-plan', migrations: ['20260104100000_d'], recorded: [], dependsOn: [] },
    ])
    expect(recorded).toEqual([])
  })

  it('keeps what the history records and no phase names in the time before the plan', async () => {
    const { phases, recorded } = await place(plan, ['20260104100000_d'])
    expect([phases.length, recorded]).toEqual([2, ['20260104100000_d']])
  })

  it('tells what plan, folder and history do not agree on', async () => {
    expect(told(await place(plan, ['20260102100000_b']))).toEqual([
      '6 phase 1: whether 20260101100000_a was applied already, its history tells, not the plan',
      '7 phase 1: 20260109100000_gone is not in the folder',
      "3 phase 1: production's history records 1 of its 2 migrations already, so a deploy does not run them: 20260102100000_b",
      '14 phase 2: 20260101100000_a stays in phase 1, which names it first',
      '15 phase 2 depends on phase 7, which does not exist: a, Phase 7',
      '11 phase 2 has no risk: taken as medium, and no estimate: taken as 0 minutes',
      '2 20260104100000_d is named, but by no phase',
      'null in the folder, and in no phase of the plan: 20260104100000_d',
    ])
    expect(told(await place(plan))).toContain(
      "3 phase 1 lists its migrations in an order that the tool does not take; here they are in the tool's",
    )
  })

  it('leaves to do what the plan says in words alone', async () => {
    const { phases } = await place(plan)
    expect(phases.map(({ todo }) => todo)).toEqual([
      [
        'find the migration 20260109100000_gone of line 7: the folder has none of that name',
        'make a migration for line 8: Add an index',
        'write rollback.sql: the plan has it in words (line 10): drop it',
      ],
      [
        'state what must be true after it: the plan names no table (line 11)',
        'write rollback.sql: the plan has no way back (line 11)',
      ],
      ['find a phase for this migration: a deploy runs whatever is pending'],
    ])
  })

  it('does not guess between migrations of one name', async () => {
    const { phases } = await place(
      '## Phase 1: One\nMigrations: `x`\n',
      [],
      ['20260101100000_x', '20260102100000_x'],
    )
    expect(phases[0]?.todo[0]).toBe('find the migration x of line 2: the folder has several of that name')
  })

  it('counts phases anew where the plan has letters or begins elsewhere', async () => {
    const placed = await place(
      '## Phase 0: Base\nTables: `a`\n## Phase 1b: Rest\nDepends on: phase 0\n',
      [],
      [],
    )
    expect(placed.phases.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      [1, []],
      [2, [1]],
    ])
    expect(told(placed)).toContain('3 phase 1b of the plan is phase 2 here')
  })
})

describe('readSql', () => {
  it('tells SQL that nobody can run from what becomes a rollback and probes', async () => {
    const { phases } = await parsePlan(
      '## Phase 1: One\nRollback:\n```sql\nDROP TABLE a;\n```\n```sql\nDROP TABLE table_name;\n```\nChecks:\n```sql\nSELECT 1;\n\nSELECT 2;\n```\n```sql\nSELECT FROM WHERE;\n```\n',
    )
    const [phase] = phases
    if (!phase) throw new Error('there is a phase')
    const read = await readSql(phase)
    expect(read.phase.rollbackSql.map(({ text }) => text.trim())).toEqual(['DROP TABLE a;'])
    expect(read.phase.queries.map(({ line, text }) => [line, text])).toEqual([
      [11, 'SELECT 1'],
      [13, 'SELECT 2'],
    ])
    expect(read.unread).toEqual([
      { line: 7, what: 'phase 1: SQL with something to fill in: table_name' },
      { line: 16, what: "phase 1: SQL that Postgres' own parser refuses" },
    ])
  })
})

describe('renderFiles', () => {
  it('writes text that says the same, whatever marks it holds', async () => {
    const placed = await place(
      '## Phase 1: Don\'t "quote" `this`\nGoal: 5 \\ 2\nTables: `a`\n- [ ] It\'s "there"\n',
      [],
      [],
    )
    const files = renderFiles(
      {
        name: 's',
        title: 'S',
        document: 'plan.md',
        snapshot: null,
        migrations: 'm',
        tool: 't',
        schema: null,
        server: '',
      },
      placed,
    )
    const texts = files.map(({ after }) => after).join('\n')
    for (const [literal] of texts.matchAll(/(?<=: |todo\()(?:'(?:[^'\\\n]|\\.)*'|"[^"\\\n]*")/g))
      expect(() => new Function(`return ${literal}`)()).not.toThrow()
    expect(texts).toContain(`title: 'Don\\'t "quote" this'`)
    expect(texts).toContain(`test.todo('It\\'s "there"')`)
    expect(texts).toContain("goal: '5 \\\\ 2'")
  })
})
