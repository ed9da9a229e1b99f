import { expect, it } from 'vitest'
import { addDeclaration, addToChanges } from './add-to-changes.ts'

it.each([
  ["changes: ['a'],", ['b', 'c'], "changes: ['a', 'b', 'c'],"],
  ['changes: [],', ['b'], "changes: ['b'],"],
  ['changes: ["a"], x: 1', ['b'], 'changes: ["a", "b"], x: 1'],
  ["changes: ['a', ],", ['b'], "changes: ['a', 'b'],"],
  ["  changes: [\n    'a',\n  ],", ['b', 'c'], "  changes: [\n    'a',\n    'b',\n    'c',\n  ],"],
  ["  changes: [\n    'a' // why\n  ],", ['b'], "  changes: [\n    'a', // why\n    'b',\n  ],"],
  ['  changes: [\n  ],', ['b'], "  changes: [\n    'b',\n  ],"],
  ["changes: ['a', ...more],", ['b'], "changes: ['a', ...more, 'b'],"],
  ["// changes: ['old']\nchanges: ['a'],", ['b'], "// changes: ['old']\nchanges: ['a', 'b'],"],
  ["title: 'changes: [', changes: ['a]'],", ['b'], "title: 'changes: [', changes: ['a]', 'b'],"],
  ["changes: ['a'],", ["f(x 'y')"], "changes: ['a', 'f(x \\'y\\')'],"],
])('%j with %j', (text, names, expected) => {
  expect(addToChanges(text, names)).toBe(expected)
})

it('breaks a line that grows too long, by the indent of the file', () => {
  const names = Array.from({ length: 10 }, (_, position) => `billing_lines_${position}`)
  const lines = addToChanges("  changes: ['a', 'b'],\n", names)?.split('\n')
  expect(lines?.slice(0, 4)).toEqual(['  changes: [', "    'a',", "    'b',", "    'billing_lines_0',"])
  expect(lines?.slice(-3)).toEqual(["    'billing_lines_9',", '  ],', ''])
})

it.each(['changes: tables,', 'no list', "changes: ['a'], more: { changes: [] }", "changes: ['a'"])(
  'leaves %j to a person',
  (text) => {
    expect(addToChanges(text, ['b'])).toBeNull()
  },
)

it.each([
  ["  changes: ['a'],\n  x: 1", "  changes: ['a'],\n  loses: [{ rows: 1 }],\n  x: 1"],
  ["  changes: ['a']\n}", "  changes: ['a'],\n  loses: [{ rows: 1 }],\n}"],
  ['  loses: [{ rows: 2 }],', '  loses: [{ rows: 2 }, { rows: 1 }],'],
  ["  // loses: []\n  changes: ['a'],", "  // loses: []\n  changes: ['a'],\n  loses: [{ rows: 1 }],"],
  ["  changes: ['a'], loses,", null],
  ["{ changes: ['a'] }", null],
])('a declaration goes into %j', (text, expected) => {
  expect(addDeclaration(text, 'loses', '{ rows: 1 }')).toBe(expected)
})

it('breaks a line of declarations between them only', () => {
  const one = `{ table: 'a_long_name_of_a_table', rows: 1, reason: 'one, two' }`
  const lines = addDeclaration(`  loses: [${one}, ${one}],`, 'loses', one)
  expect(lines).toBe(`  loses: [\n    ${one},\n    ${one},\n    ${one},\n  ],`)
})
