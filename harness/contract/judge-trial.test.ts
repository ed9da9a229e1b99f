import { describe, expect, it } from 'vitest'
import type { ContractTrial } from '../model/contract.ts'
import { type Attempt, judgeTrial, type TrialMemory } from './judge-trial.ts'
import { type TrialDepth, trialsOf, trialsOn } from './trials-of.ts'

const passed: Attempt = { error: null, faults: [], worstStatus: 201 }
const refused: Attempt = { error: new Error('expected 201 "Created", got 503'), faults: [], worstStatus: 503 }
const slipped: Attempt = { error: new TypeError('x is not a function'), faults: [], worstStatus: 0 }
const withoutTable: Attempt = {
  error: Object.assign(new Error('relation "trips" does not exist'), { code: '42P01' }),
  faults: [],
  worstStatus: 0,
}
const wrongBody: Attempt = {
  error: null,
  worstStatus: 200,
  faults: [
    {
      check: 'response_schema_conformance',
      operationId: 'getTrip',
      request: 'GET /trips/{id}',
      status: 200,
      pointer: '/id',
      expected: 'string',
      got: 'the number 7',
    },
  ],
}
const flow: ContractTrial = { kind: 'flow', phase: 4, checkpoint: 4, role: 'own' }

/** Answers each attempt on a checkpoint with the next of its outcomes, the last one again and again. */
function play(outcomes: Readonly<Record<number, readonly Attempt[]>>) {
  const tried: number[] = []
  const attempt = async (checkpoint: number) => {
    const sequence = outcomes[checkpoint] ?? []
    const outcome = sequence[tried.filter((one) => one === checkpoint).length] ?? sequence.at(-1)
    tried.push(checkpoint)
    if (!outcome) throw new Error(`nothing planned for checkpoint ${checkpoint}`)
    return outcome
  }
  return { tried, attempt }
}

describe('the trials of a contract', () => {
  const reached = [1, 2, 3, 4, 5]

  it('of a flow are before its phase, after it, and after the newest', () => {
    const trials = trialsOf('flow', 2, { reached, depth: 'each' })
    expect(trials.map(({ role, checkpoint }) => [role, checkpoint])).toEqual([
      ['before', 1],
      ['own', 2],
      ['after', 5],
    ])
  })

  it('of a flow are after every later phase when all phases are proven', () => {
    const trials = trialsOf('flow', 2, { reached, depth: 'every-later' })
    expect(trials.map(({ checkpoint }) => checkpoint)).toEqual([1, 2, 3, 4, 5])
  })

  it('of a plain test leave out the time before, and what lies between', () => {
    const trials = trialsOf('test', 2, { reached, depth: 'every-later' })
    expect(trials.map(({ role, checkpoint }) => [role, checkpoint])).toEqual([
      ['own', 2],
      ['after', 5],
    ])
  })

  it('begin with the snapshot for the first phase, and are none for a phase that was not reached', () => {
    expect(trialsOf('flow', 1, { reached: [1], depth: 'every-later' })[0]?.checkpoint).toBe(0)
    expect(trialsOf('flow', 6, { reached, depth: 'every-later' })).toEqual([])
  })
})

describe('the trials of a contract on an earlier server', () => {
  const reached = [1, 2, 3, 4, 5]
  const asDeployed = { name: 'as-deployed' }
  const onEarlier = (kind: ContractTrial['kind'], phase: number, depth: TrialDepth, until?: number) => {
    const earlier = [until === undefined ? asDeployed : { ...asDeployed, until }]
    const trials = trialsOf(kind, phase, { reached, depth, earlier })
    return trials.filter(({ role }) => role === 'rollout').map(({ checkpoint }) => checkpoint)
  }

  it.each(['newest', 'each'] as const)('are after the newest phase (%s)', (depth) => {
    expect(onEarlier('flow', 2, depth)).toEqual([5])
  })

  it('are after every later phase when nothing is left out', () => {
    expect(onEarlier('flow', 2, 'every-later')).toEqual([3, 4, 5])
  })

  it('include the own phase of what worked before it as well, and only of that', () => {
    expect(onEarlier('kept', 5, 'newest')).toEqual([5])
    expect(onEarlier('flow', 5, 'newest')).toEqual([])
  })

  it('leave out plain tests: what must be refused is asked of the server that stays', () => {
    expect(onEarlier('test', 2, 'every-later')).toEqual([])
  })

  it('end with the phase until which it runs', () => {
    expect(onEarlier('flow', 2, 'every-later', 4)).toEqual([3, 4])
    expect(onEarlier('flow', 2, 'newest', 4)).toEqual([])
    expect(onEarlier('flow', 2, 'each', 4)).toEqual([4])
  })
})

describe('the trials of a contract written for an earlier server', () => {
  const reach = {
    reached: [1, 2, 3, 4],
    depth: 'each' as const,
    earlier: [{ name: 'as-deployed', until: 3 }],
  }

  it('are those around its phase, on that server only, until it is gone', () => {
    expect(trialsOn('as-deployed', 'flow', 2, reach)).toEqual([
      { kind: 'flow', phase: 2, role: 'before', checkpoint: 1, server: 'as-deployed' },
      { kind: 'flow', phase: 2, role: 'own', checkpoint: 2, server: 'as-deployed' },
      { kind: 'flow', phase: 2, role: 'after', checkpoint: 3, server: 'as-deployed' },
    ])
    expect(trialsOn('as-deployed', 'flow', 4, reach)).toEqual([])
  })
})

describe('before its phase', () => {
  const before: ContractTrial = { ...flow, checkpoint: 3, role: 'before' }

  it.each([
    ['a refusal', refused],
    ['a missing table', withoutTable],
    ['an answer that is not as described', wrongBody],
  ])('a flow may fail by %s', async (_what, outcome) => {
    expect(await judgeTrial(before, {}, play({ 3: [outcome] }).attempt)).toEqual({ outcome: 'kept' })
  })

  it('a flow that passes is not caused by the phase', async () => {
    expect(await judgeTrial(before, {}, play({ 3: [passed] }).attempt)).toEqual({ outcome: 'not-caused' })
  })

  it('a slip of the test tells nothing', async () => {
    const verdict = await judgeTrial(before, {}, play({ 3: [slipped] }).attempt)
    expect(verdict).toMatchObject({ outcome: 'undecided', reason: expect.stringContaining('not a function') })
  })

  it('a flow that must keep working has to work', async () => {
    const kept: ContractTrial = { ...before, kind: 'kept' }
    expect(await judgeTrial(kept, {}, play({ 3: [passed] }).attempt)).toEqual({ outcome: 'kept' })
    expect(await judgeTrial(kept, {}, play({ 3: [refused] }).attempt)).toMatchObject({ outcome: 'failed' })
  })
})

describe('after its own phase', () => {
  it('a contract that fails twice has failed', async () => {
    const { tried, attempt } = play({ 4: [refused] })
    expect(await judgeTrial(flow, {}, attempt)).toMatchObject({ outcome: 'failed' })
    expect(tried).toEqual([4, 4])
  })

  it('an answer that is not as described has failed, whatever the test thinks', async () => {
    const verdict = await judgeTrial(flow, {}, play({ 4: [wrongBody] }).attempt)
    expect(verdict).toMatchObject({ outcome: 'failed', message: '', faults: wrongBody.faults })
  })

  it('a contract that passes the second time is not decided', async () => {
    const verdict = await judgeTrial(flow, {}, play({ 4: [refused, passed] }).attempt)
    expect(verdict).toMatchObject({ outcome: 'undecided', reason: expect.stringContaining('got 503') })
  })
})

describe('after a later phase', () => {
  const after: ContractTrial = { ...flow, checkpoint: 7, role: 'after' }
  const memory = (): TrialMemory => ({ lastPassed: 4 })

  it('the first phase that breaks a contract is named, with the control that still passes', async () => {
    const { tried, attempt } = play({ 4: [passed], 5: [passed], 6: [refused], 7: [refused] })
    const verdict = await judgeTrial(after, memory(), attempt)
    expect(verdict).toMatchObject({ outcome: 'broken', by: 6, control: 5 })
    expect(tried).toEqual([7, 5, 6, 5])
  })

  it('no phase is blamed when the control fails too', async () => {
    const { attempt } = play({ 4: [refused], 5: [refused], 7: [refused] })
    expect(await judgeTrial(after, memory(), attempt)).toMatchObject({ outcome: 'undecided' })
  })

  it('a broken contract is not tried again after each further phase', async () => {
    const { tried, attempt } = play({ 4: [passed], 5: [refused] })
    const shared = memory()
    await judgeTrial({ ...after, checkpoint: 5 }, shared, attempt)
    expect(await judgeTrial({ ...after, checkpoint: 6 }, shared, attempt)).toEqual({ outcome: 'blocked' })
    expect(tried).toEqual([5, 4])
  })

  it('a contract that never worked is not tried', async () => {
    const { tried, attempt } = play({})
    expect(await judgeTrial(after, { hasFailed: true }, attempt)).toEqual({ outcome: 'blocked' })
    expect(tried).toEqual([])
  })

  it('a pass moves the control on', async () => {
    const shared = memory()
    await judgeTrial({ ...after, checkpoint: 5 }, shared, play({ 5: [passed] }).attempt)
    expect(shared.lastPassed).toBe(5)
  })
})

describe('on an earlier server', () => {
  const earlier: ContractTrial = { ...flow, checkpoint: 7, role: 'rollout', server: 'as-deployed' }

  it('what holds after the phase is asked nowhere else', async () => {
    const { tried, attempt } = play({ 7: [passed] })
    expect(await judgeTrial(earlier, {}, attempt)).toEqual({ outcome: 'kept' })
    expect(tried).toEqual([7])
  })

  it('the first phase after which it fails is named, tried again before the blame', async () => {
    const { tried, attempt } = play({ 5: [passed], 6: [refused], 7: [refused] })
    expect(await judgeTrial(earlier, {}, attempt)).toMatchObject({ outcome: 'broken', by: 6, control: 5 })
    expect(tried).toEqual([7, 6, 5, 6])
  })

  it('what works from a later phase than its own on counts from there', async () => {
    const { attempt } = play({ 4: [refused], 5: [refused], 6: [passed], 7: [refused] })
    expect(await judgeTrial(earlier, {}, attempt)).toMatchObject({ outcome: 'broken', by: 7, control: 6 })
  })

  it('what it never did is not asked of a phase', async () => {
    const { tried, attempt } = play({ 4: [refused], 5: [refused], 6: [slipped], 7: [refused] })
    expect(await judgeTrial(earlier, {}, attempt)).toEqual({ outcome: 'not-served' })
    expect(tried).toEqual([7, 6, 5, 4])
  })

  it('what worked before its own phase too is held against the state before it', async () => {
    const kept: ContractTrial = { ...earlier, kind: 'kept', checkpoint: 4 }
    const { attempt } = play({ 3: [passed], 4: [refused] })
    expect(await judgeTrial(kept, {}, attempt)).toMatchObject({ outcome: 'broken', by: 4, control: 3 })
  })

  it('no phase is blamed when it passes the second time', async () => {
    const { attempt } = play({ 6: [passed], 7: [refused, passed] })
    expect(await judgeTrial(earlier, {}, attempt)).toMatchObject({ outcome: 'undecided' })
  })

  it('states that failed before are not tried again', async () => {
    const shared: TrialMemory = {}
    await judgeTrial({ ...earlier, checkpoint: 5 }, shared, play({ 4: [refused], 5: [refused] }).attempt)
    const { tried, attempt } = play({ 6: [refused] })
    expect(await judgeTrial({ ...earlier, checkpoint: 6 }, shared, attempt)).toEqual({
      outcome: 'not-served',
    })
    expect(tried).toEqual([6])
  })

  it('what is broken is blamed once', async () => {
    const shared: TrialMemory = {}
    await judgeTrial({ ...earlier, checkpoint: 5 }, shared, play({ 4: [passed], 5: [refused] }).attempt)
    expect(await judgeTrial({ ...earlier, checkpoint: 6 }, shared, play({}).attempt)).toEqual({
      outcome: 'blocked',
    })
  })
})
