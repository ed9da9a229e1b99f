import { expect, it } from 'vitest'
import type { Proof } from '../model/proof.ts'
import { renderRecipes } from './render-recipes.ts'

const recipe = { migration: '1_a', file: '1_a.sql', stopped: 'behind line 3', remains: 'All of it stays.' }
const proofOf = (rehearsals: Proof['rehearsals']) =>
  ({ scenario: 'shop', phases: [{ phase: 1, title: 'Coupons' }], rehearsals }) as unknown as Proof

it('tells each stop with its commands, under its phase and migration', () => {
  const result = { phase: 1, experiment: 'half-way', outcome: 'held', says: '' } as const
  const recipes = [
    { ...recipe, commands: ['one', 'two'] },
    { ...recipe, commands: [] },
  ]
  const text = renderRecipes(proofOf([{ ...result, recipes }]))
  expect(text).toContain('# When a deploy of shop stops')
  expect(text).toContain(
    '## Phase 1: Coupons\n\n### 1_a\n\nStopped behind line 3. All of it stays.\n\n```sh\none\ntwo\n```\n',
  )
  expect(text).toContain('No command that was tried leads on. Run the rest of 1_a.sql by hand')
})

it('has nothing to say where nothing was rehearsed', () => {
  expect(renderRecipes(proofOf([]))).toBe('')
})
