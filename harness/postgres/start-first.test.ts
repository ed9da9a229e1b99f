import { expect, it } from 'vitest'
import { HarnessError } from '../model/error.ts'
import type { RunningPostgres } from '../model/ports.ts'
import type { PostgresProvider } from './provider.ts'
import { startFirst } from './start-first.ts'
import { unavailable } from './unavailable.ts'

const running = (description: string) => ({ description }) as RunningPostgres

/** A provider that is there or not, and whose start succeeds, telling the reason it was given, or fails. */
function toProvider(title: string, available: boolean, failure?: Error): PostgresProvider {
  return {
    name: 'embedded',
    option: title,
    title,
    automatic: true,
    canStay: false,
    remedy: `Install ${title}.`,
    probe: async () => ({ available, reason: `${title} is ${available ? 'there' : 'not there'}` }),
    start: async ({ reason }) => {
      if (failure) throw failure
      return running(`${title} (${reason})`)
    },
  }
}

async function start(...candidates: readonly PostgresProvider[]) {
  const steps: string[] = []
  const progress = { step: (text: string) => void steps.push(text), count() {} }
  const { description } = await startFirst(candidates, { cacheFolder: '', progress, env: {} })
  return { description, steps }
}

const refusing = (title: string) =>
  toProvider(title, true, unavailable('embedded', `start ${title}`, 'it fell', 'Lift it.'))

it.each<[string, readonly PostgresProvider[], string, readonly string[]]>([
  ['the first that is there', [toProvider('a', true), toProvider('b', true)], 'a (a is there)', []],
  [
    'the next where one is missing',
    [toProvider('a', false), toProvider('b', true)],
    'b (a is not there)',
    [],
  ],
  [
    'the next where one does not start, and tells of it',
    [refusing('a'), toProvider('b', true)],
    'b (a is there, but a did not start)',
    ['Could not start a: it fell.'],
  ],
])('takes %s', async (_, candidates, description, steps) => {
  expect(await start(...candidates)).toEqual({ description, steps })
})

it('fails with what the last of them said', async () => {
  await expect(start(toProvider('a', false), refusing('b'))).rejects.toMatchObject({
    code: 'postgres-unavailable',
    message: 'Could not start b: it fell.',
    remedy: 'Lift it.',
  })
  await expect(start(refusing('a'), toProvider('b', false))).rejects.toMatchObject({
    message: 'Could not start b: b is not there.',
    remedy: 'Install b.',
  })
})

it('passes over no other failure', async () => {
  const refused = new HarnessError('database-refused', 'no', 'ask', { database: 'd', reason: 'r' })
  await expect(start(toProvider('a', true, refused), toProvider('b', true))).rejects.toBe(refused)
})
