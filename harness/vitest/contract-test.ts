import { relative } from 'node:path'
import { TestRunner } from 'vitest'
import type { ClonePool } from '../contract/clone-pool.ts'
import { judgeTrial, rememberTrial, type TrialMemory, type TrialVerdict } from '../contract/judge-trial.ts'
import { trialsOf, trialsOn } from '../contract/trials-of.ts'
import type { ContractKind, ContractTrial, ExercisedResponse } from '../model/contract.ts'
import { HarnessError } from '../model/error.ts'
import type { Finding } from '../model/finding.ts'
import type { AttemptCost } from '../model/test-record.ts'
import { addApiMatchers } from './api-matchers.ts'
import { foreseeClones, planClones, testWithClones } from './clones.ts'
import { collectContract } from './collected-contracts.ts'
import { attemptContract, type ContractTest } from './contract-attempt.ts'
import { openContractPlace, phaseOf } from './contract-place.ts'
import { ExpectationNotMet } from './expectation-not-met.ts'
import './matchers.ts'
import type { TestNote } from './test-note.ts'

export { describe, expect } from 'vitest'
export type { ContractContext, ContractTest } from './contract-attempt.ts'

const place = await openContractPlace()
const vitestTest = testWithClones(place.checkpoints)
addApiMatchers(() => place.document)

/** Registers a contract test, once for each run that it owes. */
interface ContractRegistrar {
  (title: string, test: ContractTest): void
  /** Registers it as left out: its phase can't pass meanwhile. */
  skip(title: string, test: ContractTest): void
  /** Registers what is still to be written: its phase can't pass meanwhile. */
  todo(title: string): void
  /** Runs nothing else of this file: its phase can't pass meanwhile. */
  only(title: string, test: ContractTest): void
}

/**
 * What must hold after its phase and after each later one, whatever was before: a refusal, an edge.
 *
 * A failure of the server, an answer that the OpenAPI document does not describe, fails it as well.
 */
export const test: ContractRegistrar = registrarOf('test', undefined)

/**
 * What people can do because of the phase: it must fail on the state before the phase, or it would prove nothing; it must work
 * after the phase and after each later one. `flow.keepsWorking`: what people could do before as well, and still can.
 */
export const flow: FlowRegistrar = flowOf(undefined)

/**
 * Contracts that only clients of an earlier server rely on. `flow` and `test` themselves are tried on earlier servers
 * anyway, as far as those do what is asked.
 * @throws Error when the scenario names no such server
 */
export function onServer(name: string): { readonly test: ContractRegistrar; readonly flow: FlowRegistrar } {
  const known = Object.keys(place.scenario.earlierServers ?? {})
  if (!known.includes(name))
    throw new Error(
      `${place.scenario.name} has no earlier server ${name}: it names ${known.join(', ') || 'none'}`,
    )
  return { test: registrarOf('test', name), flow: flowOf(name) }
}

/** `flow` and what must keep working. */
type FlowRegistrar = ContractRegistrar & { readonly keepsWorking: ContractRegistrar }

function flowOf(server: string | undefined): FlowRegistrar {
  return Object.assign(registrarOf('flow', server), { keepsWorking: registrarOf('kept', server) })
}

function registrarOf(kind: ContractKind, server: string | undefined): ContractRegistrar {
  const registrar = (mode: 'skip' | 'only' | null) => (title: string, body: ContractTest) =>
    register({ kind, server, mode }, server === undefined ? title : `${server}: ${title}`, body)
  return Object.assign(registrar(null), {
    skip: registrar('skip'),
    only: registrar('only'),
    todo: (title: string) => registerToDo(server === undefined ? title : `${server}: ${title}`),
  })
}

function registerToDo(title: string): void {
  const { id } = phaseOf(currentFile().filepath, place.scenario)
  vitestTest.skip(title, { meta: { phaseproof: { subject: { kind: 'to-do', phase: id } } } }, () => {})
}

interface Registration {
  readonly kind: ContractKind
  /** The earlier server that the contract is written for. */
  readonly server: string | undefined
  readonly mode: 'skip' | 'only' | null
}

function register({ kind, server, mode }: Registration, title: string, body: ContractTest): void {
  const file = currentFile()
  if (collectContract({ title, kind, server, body }, mode)) return
  const phase = phaseOf(file.filepath, place.scenario)
  const own = { kind, phase: phase.id, checkpoint: phase.id, role: 'own', ...(server && { server }) } as const
  const until = server === undefined ? undefined : place.scenario.earlierServers?.[server]?.until
  if (until !== undefined && phase.id > until)
    throw new Error(`"${title}" asks for phase ${phase.id} what a server does that runs until phase ${until}`)
  const trials =
    server === undefined
      ? trialsOf(kind, phase.id, place.reach)
      : trialsOn(server, kind, phase.id, place.reach)
  if (mode === 'skip' || trials.length === 0) {
    vitestTest.skip(title, { meta: { phaseproof: toNote(own) } }, () => {})
    return
  }
  const memories = new Map<string | undefined, TrialMemory>()
  const entries = trials.map((trial) => ({ trial, earlier: place.reuse.ofContract(file, title, trial) }))
  foreseeClones(
    file,
    entries
      .filter(({ earlier }) => earlier.kept === null)
      .map(({ trial }) => place.databaseAfter(trial.checkpoint)),
  )
  const registerOne = mode === 'only' ? vitestTest.only : vitestTest
  for (const { trial, earlier } of entries) {
    registerOne(
      toTitle(title, trial),
      { meta: { phaseproof: toNote(trial) } },
      async ({ task, skip, pool }) => {
        planClones(task.file, pool)
        const exercised: ExercisedResponse[] = []
        const about = {
          test: [...namesOf(task.suite), title].join(' > '),
          file: relative(place.root, task.file.filepath),
        }
        const attempts: AttemptCost[] = []
        const memory = memories.get(trial.server) ?? {}
        memories.set(trial.server, memory)
        // What failed on another state is judged anew: then each run of it may have to say more.
        if (earlier.kept !== null && !memory.hasFailed && !memory.isBroken) {
          const { isNotServed = false, exercised: seen } = earlier.kept
          rememberTrial(trial, memory, isNotServed)
          task.meta.phaseproof = {
            ...toNote(trial, isNotServed),
            exercised: seen,
            findings: [],
            reused: true,
            ...(earlier.key !== null && { outcomeKey: earlier.key }),
          }
          return
        }
        const verdict = await judgeTrial(trial, memory, async (checkpoint) => {
          const attempt = await attemptContract(
            place,
            { name: about.test, phase, trial, checkpoint, pool },
            body,
          )
          exercised.push(...attempt.exercised)
          attempts.push(attempt.cost)
          return attempt
        })
        const note: TestNote = {
          ...toNote(trial, verdict.outcome === 'not-served'),
          // What an earlier server answers covers nothing of the document of the newest.
          exercised: trial.server === undefined ? exercised : [],
          attempts,
        }
        task.meta.phaseproof = note
        const judged = verdict.outcome === 'blocked' ? [] : toFindings(trial, verdict, about)
        const findings = await Promise.all(judged.map((finding) => withDenied(finding, trial, pool)))
        task.meta.phaseproof = { ...note, findings, ...(earlier.key !== null && { outcomeKey: earlier.key }) }
        if (verdict.outcome === 'blocked') return skip('it is judged already')
        if (findings.length > 0) throw new ExpectationNotMet(findings)
      },
    )
  }
}

/** A server hides why it failed: what its role may not read is told with it. */
async function withDenied(
  finding: Finding,
  { checkpoint }: ContractTrial,
  pool: ClonePool,
): Promise<Finding> {
  if (finding.kind !== 'contract-failed' && finding.kind !== 'contract-broken') return finding
  const clone = await pool.take(place.databaseAfter(checkpoint))
  try {
    const denied = await place.fetchDenied(checkpoint, clone.url)
    return denied.length === 0 ? finding : { ...finding, denied }
  } finally {
    pool.giveBack(clone)
  }
}

function toNote(trial: ContractTrial, isNotServed = false): TestNote {
  return { subject: { kind: 'contract', trial, isNotServed } }
}

function toTitle(title: string, { kind, checkpoint, role, server }: ContractTrial): string {
  const state = checkpoint === 0 ? 'on the snapshot' : `after phase ${checkpoint}`
  if (role === 'own') return title
  if (role === 'rollout') return `${title} (${state} on the earlier server ${server})`
  return kind === 'flow' && role === 'before' ? `${title} (not yet ${state})` : `${title} (${state} too)`
}

function toFindings(
  { phase, checkpoint, server }: ContractTrial,
  verdict: TrialVerdict,
  about: { readonly test: string; readonly file: string },
): Finding[] {
  const expectation = about.test
  switch (verdict.outcome) {
    case 'not-caused':
      return [{ kind: 'contract-not-caused-by-phase', phase, expectation, ...about, before: checkpoint }]
    case 'broken': {
      const { by, control, message } = verdict
      const broken = { phase: by, expectation, ...about, contractOf: phase, control, message }
      return [
        server === undefined
          ? { kind: 'contract-broken', ...broken }
          : { kind: 'earlier-server-broken', server, ...broken },
      ]
    }
    case 'failed':
      return [
        ...(verdict.message === ''
          ? []
          : [{ kind: 'contract-failed' as const, phase, expectation, ...about, message: verdict.message }]),
        ...verdict.faults.map((fault) => ({
          kind: 'endpoint-violates-contract' as const,
          phase,
          expectation,
          ...fault,
        })),
      ]
    case 'undecided':
      throw new HarnessError(
        'contract-undecided',
        `Contract "${about.test}" of phase ${phase} could not be judged: ${verdict.reason}`,
        `Make the test in ${about.file} depend on nothing but its clone, then run again.`,
        { test: about.test, reason: verdict.reason },
      )
    default:
      return []
  }
}

interface Named {
  readonly name: string
  readonly suite?: Named | undefined
}

function namesOf(suite: Named | undefined): string[] {
  return suite ? [...namesOf(suite.suite), suite.name] : []
}

/** The test file that is being collected, as Vitest knows it. */
function currentFile() {
  const { file, suite } = TestRunner.getCurrentSuite()
  const current = file ?? suite?.file
  if (current === undefined)
    throw new Error('contract tests are registered at the top of a test file or in describe')
  return current
}
