import { expect, it } from 'vitest'
import { type LiveAttempt, type LiveDatabase, observeLive } from './observe-live.ts'

interface Contract {
  readonly name: string
  readonly isOwn: boolean
  /** Whether it works on the n-th server of a clone, at the n-th try after the phase. */
  readonly works: (server: number, tryAfter: number) => boolean
}

const always = () => true
/** Nobody listens there, so requests are none of these tests' business. */
const url = 'http://127.0.0.1:1'

function observe(contracts: readonly Contract[], rows: readonly [number, number, number] = [3, 3, 3]) {
  const told: string[] = []
  const withDatabase = <T>(use: (database: LiveDatabase<Contract>) => Promise<T>) => {
    let servers = 0
    const counts = [...rows]
    const tries = new Map<string, number>()
    const toCounts = (count = 0) => new Map([['orders', count]])
    told.push('clone')
    return use({
      deploy: async () => {
        told.push('deploy')
      },
      keepRows: async () => ({ counts: toCounts(3), restore: async () => {}, forget: async () => {} }),
      countRows: async () => toCounts(counts.splice(0, 1)[0]),
      rollBack: async () => {
        told.push('rollback')
        return null
      },
      withServer: (ask) => {
        const server = ++servers
        const attempt = async ({ name, works }: Contract, isAfter: boolean): Promise<LiveAttempt> => {
          const key = `${server} ${name}`
          if (isAfter) tries.set(key, (tries.get(key) ?? 0) + 1)
          const isWell = !isAfter || works(server, tries.get(key) ?? 0)
          const failure = isWell ? null : 'no'
          return {
            failure,
            requests: [],
            endpoint: isWell ? null : 'GET /orders',
            sqlstate: null,
            isLate: false,
          }
        }
        return ask({ url, attempt })
      },
    })
  }
  const plan = { contracts, isNoisy: false, isUndone: true, withDatabase }
  return observeLive(plan).then((observed) => ({ observed, told }))
}

it('needs one clone and one server where nothing fails', async () => {
  const { observed, told } = await observe([{ name: 'a', isOwn: true, works: always }])
  expect(observed).toMatchObject({ warm: [], silent: 0, traffic: null })
  expect(told).toEqual(['clone', 'deploy', 'rollback'])
})

it('tells what fails on open connections and works on a server that is started anew', async () => {
  const { observed } = await observe([{ name: 'a', isOwn: false, works: (server) => server > 1 }])
  expect(observed.warm).toEqual([
    { endpoint: 'GET /orders', contracts: ['a'], sqlstate: null, message: 'no', recovers: false },
  ])
})

it('tells apart what works at the second try', async () => {
  const { observed } = await observe([
    { name: 'a', isOwn: false, works: (server, tryAfter) => server > 1 || tryAfter > 1 },
  ])
  expect(observed.warm).toMatchObject([{ contracts: ['a'], recovers: true }])
})

it.for([
  ['fails on the new server, too', () => false],
  ['works on the new server once only', (server: number, tryAfter: number) => server > 1 && tryAfter === 1],
] as const)('says nothing of a contract that %s, and counts it', async ([, works]) => {
  const { observed } = await observe([{ name: 'a', isOwn: true, works }])
  expect(observed).toMatchObject({ warm: [], silent: 1 })
})

it('says nothing of what is not seen on a second clone', async () => {
  let seen = 0
  const works = (server: number) => server > 1 || ++seen > 2
  const { observed } = await observe([{ name: 'a', isOwn: true, works }])
  expect(observed.warm).toEqual([])
})

it('counts what became of rows that were written', async () => {
  const { observed } = await observe([{ name: 'a', isOwn: true, works: always }], [8, 4, 0])
  expect(observed.rollback).toEqual({
    stop: null,
    tables: [{ table: 'orders', written: 5, lost: 4, isOfPhase: false }],
  })
})
