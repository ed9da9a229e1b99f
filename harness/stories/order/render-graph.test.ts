import { expect, it } from 'vitest'
import { renderGraph, renderMermaid } from './render-graph.ts'

const tie = {
  object: 'stores',
  isCreated: true,
  earlier: 'migrations/1_stores/migration.sql:2',
  later: 'migrations/2_stock/migration.sql:1',
}
const phase = { risk: 'low' as const, migrations: 1, dependsOn: [], unsaid: [] }
const phases = [
  { ...phase, id: 1, title: 'Stores' },
  {
    ...phase,
    id: 2,
    title: 'Stock of "all"',
    migrations: 2,
    dependsOn: [{ on: 1, because: null, ties: [tie, { ...tie, object: 'towns', isCreated: false }] }],
  },
  {
    ...phase,
    id: 3,
    title: 'Coupons',
    dependsOn: [{ on: 2, because: 'the server shows them beside the stock', ties: [] }],
    unsaid: [{ on: 1, tie }],
  },
  { ...phase, id: 4, title: 'Gifts', dependsOn: [{ on: 1, because: null, ties: [] }] },
]

it('draws each phase above what it depends on, with the object that ties them', () => {
  expect(renderGraph(phases)).toBe(`1  Stores          low risk, 1 migration
2  Stock of "all"  low risk, 2 migrations
   └─ 1  stores: created at migrations/1_stores/migration.sql:2, named at migrations/2_stock/migration.sql:1 (and 1 more)
3  Coupons         low risk, 1 migration
   ├─ 2  the server shows them beside the stock
   └─ 1  not declared: stores: created at migrations/1_stores/migration.sql:2, named at migrations/2_stock/migration.sql:1
4  Gifts           low risk, 1 migration
   └─ 1  no statement names what it makes: prove tries it

by their dependencies: 1, then 2, 4 in any order, then 3
`)
})

it('draws it as Mermaid, with the object at each arrow', () => {
  expect(renderMermaid(phases)).toBe(`\`\`\`mermaid
graph TD
  p1["1 Stores"]
  p2["2 Stock of #quot;all#quot;"]
  p3["3 Coupons"]
  p4["4 Gifts"]
  p1 -->|"stores"| p2
  p2 -->|"the server shows them beside the stock"| p3
  p1 -.->|"stores, not declared"| p3
  p1 --> p4
\`\`\`
`)
})
