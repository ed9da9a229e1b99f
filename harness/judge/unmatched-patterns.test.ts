import { expect, it } from 'vitest'
import type { Checkpoint } from '../model/checkpoint.ts'
import { unmatchedPatterns } from './unmatched-patterns.ts'

function toCheckpoint(...sequences: readonly string[]): Checkpoint {
  const schema = { tables: [], enums: [], views: [], functions: [], extensions: [] }
  const named = sequences.map((name) => ({ namespace: 'public', name }))
  return { schema: { ...schema, sequences: named } } as unknown as Checkpoint
}

it('finds the patterns that stand for nothing before or after the phase', () => {
  const evidence = { before: toCheckpoint('billing_old'), after: toCheckpoint('shop_new') }
  const changes = ['billing_*', 'shop_*', 'biling_*', 'audit.*', '*', 'nowhere']
  expect(unmatchedPatterns({ changes }, evidence)).toEqual(['biling_*', 'audit.*'])
})
