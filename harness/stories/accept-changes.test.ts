import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Proof } from '../model/proof.ts'
import { acceptChanges } from './accept-changes.ts'

const shared = { kind: 'rows-added', table: 'orders', rows: 2, before: 3, key: [], keys: [] } as const

it('writes what the rows were seen to do, and leaves to a person what is declared otherwise', () => {
  const root = mkdtempSync(join(tmpdir(), 'accept-'))
  const folder = join(root, 'scenarios', 'shop', 'phases', '01-shop')
  const file = join(folder, 'phase.ts')
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, "export default {\n  changes: ['orders'],\n  risk: 'low',\n}\n")
  const findings = [
    { ...shared, declared: null, declaration: "inserts: [{ table: 'orders', rows: 2 }]" },
    { ...shared, declared: 5, declaration: "inserts: [{ table: 'orders', rows: 7 }]" },
    { ...shared, declared: null, declaration: "inserts: [{ table: 'lines', rows: 1 }]" },
    {
      kind: 'renamed',
      what: 'column',
      from: 'orders.a',
      to: 'orders.b',
      declaration: "renames: [{ from: 'orders.a', to: 'orders.b' }]",
    },
    { kind: 'changed-outside-phase', table: 'audit', differences: [] },
  ]
  const proof = { scenario: 'shop', phases: [{ outcome: 'failed', name: '01-shop', findings }] }
  try {
    const accepted = acceptChanges(proof as unknown as Proof, root)
    expect(accepted.map(({ list, isWritten }) => [list, isWritten])).toEqual([
      ['changes', true],
      ['inserts', true],
      ['inserts', true],
      ['renames', true],
    ])
    expect(readFileSync(file, 'utf8')).toBe(`export default {
  changes: ['orders', 'audit'],
  renames: [{ from: 'orders.a', to: 'orders.b' }],
  inserts: [{ table: 'orders', rows: 2 }, { table: 'lines', rows: 1 }],
  risk: 'low',
}
`)
  } finally {
    rmSync(root, { recursive: true })
  }
})
