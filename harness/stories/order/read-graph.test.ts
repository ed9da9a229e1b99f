import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readScenario } from '../read-scenario.ts'
import { readGraph } from './read-graph.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const read = async (name: string) => readGraph(await readScenario(name, root), root)

it('names the reason that a scenario gives, and the table that two phases name', async () => {
  const [, , stock, gifts] = await read('broken/healthy-order')
  expect(stock?.dependsOn.map(({ on, because, ties }) => [on, because, ties[0]?.object])).toEqual([
    [1, 'the server offers stock only against coupons', undefined],
    [2, null, 'stores'],
  ])
  expect(gifts?.dependsOn[0]?.ties[0]).toMatchObject({ object: 'coupons', isCreated: true })
})

it('names a table that an earlier phase creates and that is used without a word', async () => {
  const [, stock] = await read('broken/dependency-undeclared')
  expect(stock).toMatchObject({ dependsOn: [], unsaid: [{ on: 1, tie: { object: 'stores' } }] })
})
