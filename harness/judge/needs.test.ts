import { expect, it } from 'vitest'
import { accepts, enumType, refuses, sameSchemaAs } from '../model/vocabulary.ts'
import { toNeeds } from './needs.ts'

it('names the probes to run and the references to build, each once', () => {
  const probe = accepts('a row', 'SELECT 1')
  const refused = refuses('a second row', '23505', 'SELECT 2')
  const expectations = [probe, sameSchemaAs('linear'), enumType('State', ['OPEN']), refused]
  expect(toNeeds([...expectations, sameSchemaAs('linear')])).toEqual({
    probes: [probe, refused],
    references: ['linear'],
  })
})

it('needs nothing more than the two checkpoints for an expectation of the catalogs', () => {
  expect(toNeeds([enumType('State', ['OPEN'])])).toEqual({ probes: [], references: [] })
})
