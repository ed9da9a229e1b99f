import { describe, expect, it } from 'vitest'
import { parsePlan } from './parse-plan.ts'
import type { WrittenPlan } from './written-plan.ts'

/** Headings for phases, bold labels, lists and boxes, a list of estimates and a part about risks behind them. */
const headings = `# Library catch-up

Some words on why.

## Phase 1: Loans & readers (Low Risk, base)

**Goal:** Bring what all else refers to

**Migrations:**
- \`20260101100000_add_loans\` - Loans
- Create \`readers\` table (if missing)

**Tables Created/Updated:**
- \`loans\` - Loans (with deletion fields)
- Update all with \`deletedAt\`

**Dependencies:** None

**Risk Level:** 🟢 **LOW** - nullable columns

**Testing After Phase 1:**
- [ ] Verify \`loans\` table exists
- [x] Test login

**Rollback Plan:**
- Tables can be dropped
- **WARNING:** loans may be lost

**Note:** seen in March

---

## Phase 2: Fines (OPTIONAL - LATER)

**Goal:** Fines
**Dependencies:** \`loans\` (for fines), Phase 3

## Checks

- [ ] Back up
### Final verification
- [ ] Compare with staging

## Timeline Estimate
- Phase 1: 30 minutes (low risk)
- Phase 2: 1-2 hours

## Risk mitigation
**Phase 2 (Fines):**
- 🔴 **HIGH RISK** - money
- **Mitigation:**
  - Low-traffic hours

## Rollback
### Phase 2
\`\`\`sql
DROP TABLE fines;
\`\`\`
`

/** Plain labels in steps, SQL within them. */
const steps = `# Rollout
### Step 1 - Add the column
Adds what the app needs.

Migrations: 20260101100000_a, prisma/migrations/20260102100000_b/
Tables: orders, order_items
Risk: medium
Estimate: 1.5 h

Verification:

1. Orders can be placed
2. Old orders are listed

\`\`\`sql
SELECT count(*) FROM orders WHERE note IS NULL;
\`\`\`

Rollback:

    ALTER TABLE orders DROP COLUMN note;

### Step 2a - Remove the old one
#### Tables dropped
- \`legacy_orders\`
#### Depends on
Step 1
`

/** One table that holds everything. */
const table = `# Waves
| Wave | Title | Migrations | Tables | Risk | Estimate | Depends on |
|---|---|---|---|---|---|---|
| 1 | Base | \`20260101100000_a\` | \`a\`, \`b\` | Low | 10 min | - |
| 2 | Rest | \`20260102100000_b\` | \`c\` | High | 1 day | Wave 1 |
`

async function brief(markdown: string) {
  const plan = await parsePlan(markdown)
  return plan.phases.map((phase) => ({
    number: phase.number,
    title: phase.title,
    goal: phase.goal,
    risk: phase.risk,
    minutes: phase.estimateMinutes,
    migrations: phase.migrations.map(({ text }) => text),
    tables: phase.tables.map(({ name, isDropped }) => (isDropped ? `drop ${name}` : name)),
    needs: phase.dependencies.map(({ text }) => text),
    checks: phase.checks.map(({ text, line }) => `${line} ${text}`),
    rollback: [...phase.rollbackSql, ...phase.rollbackWords].map(({ text }) => text.trim()),
    queries: phase.queries.map(({ line }) => line),
  }))
}

const told = ({ unread }: WrittenPlan) => unread.map(({ line, what }) => `${line} ${what}`)

describe('parsePlan', () => {
  it('reads phases with labels, and what later parts of the document say of them', async () => {
    expect(await brief(headings)).toEqual([
      {
        number: '1',
        title: 'Loans & readers',
        goal: 'Bring what all else refers to',
        risk: 'low',
        minutes: 30,
        migrations: ['20260101100000_add_loans - Loans', 'Create readers table (if missing)'],
        tables: ['loans'],
        needs: [],
        checks: ['22 Verify loans table exists', '23 Test login'],
        rollback: ['Tables can be dropped', 'WARNING: loans may be lost'],
        queries: [],
      },
      {
        number: '2',
        title: 'Fines',
        goal: 'Fines',
        risk: 'high',
        minutes: 120,
        migrations: [],
        tables: [],
        needs: ['loans (for fines), Phase 3'],
        checks: ['42 Compare with staging'],
        rollback: ['DROP TABLE fines;'],
        queries: [],
      },
    ])
  })

  it('says with their lines what it could not read', async () => {
    const plan = await parsePlan(headings)
    expect(told(plan)).toEqual([
      '15 phase 1: Update all with deletedAt',
      '29 phase 1: Note: seen in March',
      '33 the title of phase 2: nothing is left out for "OPTIONAL - LATER"',
      '40 a box of no phase: Back up',
      '51 phase 2: Mitigation:, and what follows up to line 52',
    ])
    expect(plan.prose).toEqual([{ line: 1, what: '"Library catch-up", a line' }])
  })

  it('reads steps whose labels bear no emphasis, with SQL in them', async () => {
    expect(await brief(steps)).toEqual([
      {
        number: '1',
        title: 'Add the column',
        goal: 'Adds what the app needs.',
        risk: 'medium',
        minutes: 90,
        migrations: ['20260101100000_a, prisma/migrations/20260102100000_b/'],
        tables: ['orders', 'order_items'],
        needs: [],
        checks: ['12 Orders can be placed', '13 Old orders are listed'],
        rollback: ['ALTER TABLE orders DROP COLUMN note;'],
        queries: [16],
      },
      expect.objectContaining({
        number: '2a',
        title: 'Remove the old one',
        tables: ['drop legacy_orders'],
        needs: ['Step 1'],
      }),
    ])
    expect(told(await parsePlan(steps))).toEqual([])
  })

  it('reads a table with a phase in each row', async () => {
    expect(await brief(table)).toEqual([
      expect.objectContaining({
        title: 'Base',
        risk: 'low',
        minutes: 10,
        migrations: ['20260101100000_a'],
        tables: ['a', 'b'],
        needs: [],
      }),
      expect.objectContaining({ title: 'Rest', risk: 'high', minutes: 480, needs: ['Wave 1'] }),
    ])
  })

  it('reads items that begin with a word for what they say', async () => {
    const [phase] = await brief(
      '## Phase 1: One\n- Risk: high\n- Tables: `a`\n- Tests:\n  - Try the login: it works\n',
    )
    expect(phase).toMatchObject({ risk: 'high', tables: ['a'], checks: ['5 Try the login: it works'] })
  })

  it('tells phases that bold words begin from those that a heading does', async () => {
    const plan = await parsePlan('**Phase 1: One**\n\n- `20260101100000_a`\n\n**Phase 2: Two**\n\nMore.\n')
    expect(plan.phases.map(({ title }) => title)).toEqual(['One', 'Two'])
    expect(plan.phases[0]?.migrations).toHaveLength(1)
  })

  it('reads numbered headings where no word is used', async () => {
    const plan = await parsePlan('# Plan\n## 1. Base\n- [ ] Try it\n## 2. Rest\nAll else.\n')
    expect(plan.phases.map(({ title, goal }) => [title, goal])).toEqual([
      ['Base', null],
      ['Rest', 'All else.'],
    ])
  })

  it('takes all items of a phase whose title says that it is a test for what is to be tried', async () => {
    const plan = await parsePlan('## Phase 1: Validate & Test\n1. Run it\n2. Look at it\n')
    expect(plan.phases[0]?.checks.map(({ text }) => text)).toEqual(['Run it', 'Look at it'])
  })

  it('finds no phase in a document that counts none', async () => {
    expect((await parsePlan('# Notes\n\nNothing planned.\n')).phases).toEqual([])
  })
})
