import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { knowsTrials, readTrials, writeTrials } from '../contract/reuse/outcome-store.ts'
import type { Progress } from '../model/ports.ts'
import type { KeptOutcome, KeptTrial, ReuseGround } from '../model/reuse.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { RunOptions } from '../model/run-options.ts'
import type { TestRecord, TestReport } from '../model/test-record.ts'

/** What a run is told under, besides what it observed. */
interface WholeRun {
  readonly ground: ReuseGround
  readonly options: RunOptions
  readonly cacheFolder: string
}

/**
 * The records of all trials of a run, when an earlier one under the very same conditions consisted of the same trials and the outcome of
 * each is known; null when any has to run.
 */
export function tellTrials(run: ScenarioRun, whole: WholeRun): readonly TestRecord[] | null {
  const { ground, options, cacheFolder } = whole
  if (options.fresh || options.thorough) return null
  const trials = readTrials(toOutcomesFolder(cacheFolder), toRunKey(run, whole))
  if (trials === null || trials.length === 0) return null
  const records = trials.flatMap((trial) => {
    const kept = ground.kept[trial.outcomeKey]
    return kept === undefined ? [] : (toRecord(trial, kept) ?? [])
  })
  return records.length === trials.length ? records : null
}

/**
 * Keeps which trials a run consisted of, where all of them passed and have keys. A test that nobody can attribute, one that was left
 * out, or anything that went wrong beside the tests means that the next run asks the test runner again.
 */
export function keepTrials(run: ScenarioRun, { records, disturbances }: TestReport, whole: WholeRun): void {
  const folder = toOutcomesFolder(whole.cacheFolder)
  const rest = records.filter(({ subject }) => subject.kind !== 'expectation')
  const trials = rest.flatMap(({ file, name, subject, outcomeKey, ...record }): KeptTrial[] =>
    outcomeKey !== undefined && hasPassed(record) ? [{ file, name, subject, outcomeKey }] : [],
  )
  if (disturbances.length > 0 || trials.length < rest.length) return
  writeTrials(folder, toRunKey(run, whole), trials)
}

/** Whether the next run may be told without a test runner, so that loading one ahead may be in vain. */
export function mayTell(cacheFolder: string): boolean {
  return knowsTrials(toOutcomesFolder(cacheFolder))
}

/** Folder of all kept outcomes. */
export function toOutcomesFolder(cacheFolder: string): string {
  return join(cacheFolder, 'outcomes')
}

/** A trial that passed without a finding, at its first try. */
export function hasPassed({
  state,
  findings,
  errors,
  retries,
}: Pick<TestRecord, 'state' | 'findings' | 'errors' | 'retries'>): boolean {
  return state === 'passed' && findings?.length === 0 && errors.length === 0 && retries === 0
}

/** Says how many trials were told again and how to run them nevertheless; nothing where none was. */
export function sayReused(
  progress: Progress,
  { reused, all }: { readonly reused: number; readonly all: number },
): void {
  if (reused === 0) return
  const what = `${reused} of ${all} trials`
  progress.step(`contracts: ${what} reused, as nothing they depend on has changed; --fresh runs all`)
}

/**
 * Which test files there are and what they register follows from these: every file of the repository, Node and the environment; the
 * options; and the states that were reached, which cover the snapshot, the migrations and how they were replayed.
 */
function toRunKey(run: ScenarioRun, { ground, options }: WholeRun): string {
  const { conditions, migrations, postgres } = ground
  const files = Object.entries(conditions.files).sort(([left], [right]) => (left < right ? -1 : 1))
  const phases = run.phases.map(({ phase, before, after, replay }) => [
    phase,
    before.key,
    after.key,
    replay.failure === null,
  ])
  const { scenario, upTo, roles } = run
  const subject = [conditions.digest, files, migrations, postgres, options, scenario, upTo, roles, phases]
  return createHash('sha256').update(JSON.stringify(subject)).digest('hex')
}

function toRecord(trial: KeptTrial, kept: KeptOutcome): TestRecord | null {
  const { file, name, outcomeKey, subject } = trial
  const told = toSubject(subject, kept)
  if (told === null) return null
  const { exercised } = kept
  return {
    file,
    name,
    outcomeKey,
    subject: told,
    exercised,
    state: 'passed',
    findings: [],
    errors: [],
    retries: 0,
    durationMs: 0,
    reused: true,
    attempts: [],
  }
}

/** The subject as the outcome of the trial fills it; null where that belongs to no such trial. */
function toSubject(subject: TestRecord['subject'], kept: KeptOutcome): TestRecord['subject'] | null {
  if (subject.kind === 'contract') return { ...subject, isNotServed: kept.isNotServed ?? false }
  if (subject.kind === 'live') return kept.live ? { ...subject, report: kept.live } : null
  return subject.kind === 'endpoints' && kept.endpoints ? { ...subject, report: kept.endpoints } : null
}
