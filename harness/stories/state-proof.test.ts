import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PostgresServer } from '../model/ports.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import { toSampleProof, toSampleRecord, wholeRun } from '../testing/sample-proof.ts'
import type { ProvePlace } from './keep-databases.ts'
import type { ProveRequest } from './prove.ts'
import { stateProof } from './state-proof.ts'

const phases = ['01-orders', '02-refunds'].map((name, index) => ({ id: index + 1, name }) as Phase)
const server = { provider: 'embedded' } as PostgresServer as ProvePlace['server']
const records = [toSampleRecord(1), toSampleRecord(2)]
let projectRoot: string

beforeEach(() => {
  projectRoot = mkdtempSync(join(tmpdir(), 'phaseproof-state-'))
})
afterEach(() => rmSync(projectRoot, { recursive: true }))

/** What the statement says of how much a run was asked to show. */
async function scopeOf(
  request: Partial<ProveRequest>,
  { edited = '01-orders', reused = false }: { edited?: string | null; reused?: boolean } = {},
) {
  const scenario = { name: 'shop', server: { module: './server.ts' }, phases } as unknown as Scenario
  const run = { upTo: 2, edited, roles: { owner: null, app: null } } as ScenarioRun
  const report = { records: records.map((record) => ({ ...record, reused })), disturbances: [] }
  const { predicate } = await stateProof({
    request: { scenario, contracts: true, ...request } as ProveRequest,
    place: { server, projectRoot },
    run,
    report,
    proof: toSampleProof(),
    states: null,
  })
  return predicate.phaseproof.run
}

describe('a statement says of its run', () => {
  it('that it was whole, where everything was made anew', async () => {
    expect(await scopeOf({})).toEqual(wholeRun)
  })

  it.each<[string, Partial<ProveRequest>, object]>([
    ['a filter', { isFiltered: true }, { isFiltered: true }],
    ['rehearsals that were left out', { quick: true }, { rehearsals: 'some' }],
    ['single experiments', { experiments: [] }, { rehearsals: 'some' }],
    ['contracts that were left out', { contracts: false }, { isWithoutContracts: true }],
    ['a comparison that the scenario does not ask for', { thorough: true }, { isThorough: true }],
  ])('%s', async (_what, request, said) => {
    expect(await scopeOf(request)).toEqual({ ...wholeRun, ...said })
  })

  it.each([
    ['02-refunds', ['01-orders']],
    [null, ['01-orders', '02-refunds']],
  ])('which phases were replayed earlier, where %s was the first anew', async (edited, told) => {
    expect((await scopeOf({}, { edited })).reused).toEqual({ trials: 0, phases: told })
  })

  it('how many trials were told again', async () => {
    expect((await scopeOf({}, { reused: true })).reused.trials).toBe(2)
  })

  it('nothing of contracts where a scenario without a server has none, and that they were left out where it has', async () => {
    const scenario = { name: 'shop', phases } as unknown as Scenario
    expect(await scopeOf({ scenario, contracts: false })).toEqual(wholeRun)
    const folder = join(projectRoot, 'scenarios/shop/phases/02-refunds')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'a.contract.test.ts'), '')
    expect(await scopeOf({ scenario, contracts: false })).toEqual({ ...wholeRun, isWithoutContracts: true })
  })
})
