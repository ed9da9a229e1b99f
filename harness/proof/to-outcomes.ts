import type { Finding } from '../model/finding.ts'
import type { TestRecord, TestReport } from '../model/test-record.ts'
import type { PhaseOutcome } from './assemble-proof.ts'
import { blameFirst } from './blame-first.ts'

/** What a phase owes before it may pass. */
export interface PhaseDuty {
  readonly id: number
  /** Folder name below `phases/`. */
  readonly name: string
  /** Number of expectations that have to be judged. */
  readonly expectations: number
  /** What its author has still to write. */
  readonly todo: readonly string[]
  /** Test files in its folder, as `TestRecord.file` names them; each must have run a test. */
  readonly contractFiles: readonly string[]
}

/** What the tests of a run say about each phase, and what could not be judged. */
interface Outcomes {
  readonly phases: ReadonlyMap<number, PhaseOutcome>
  /** What ran and says nothing, with name and message: while there is any, nothing is proven. */
  readonly undecided: readonly string[]
}

/** Draws the outcome of each phase from the records of a run's tests. Pure; nothing that failed is left out of both lists. */
export function toOutcomes(duties: readonly PhaseDuty[], report: TestReport): Outcomes {
  const findings = blameFirst(report.records.flatMap((record) => record.findings ?? []))
  const open = [...report.records.flatMap(toUndecided), ...report.disturbances.map(toDisturbed)]
  const placed = open.map(({ file, phase, text }) => ({ phase: phase ?? phaseOf(file, duties), text }))
  const known = new Set(duties.map(({ id }) => id))
  const nobodys = findings.filter(({ phase }) => !known.has(phase))
  return {
    phases: new Map(
      duties.map((duty) => [
        duty.id,
        toOutcome(
          duty,
          report.records,
          findings,
          placed.some(({ phase }) => phase === duty.id),
        ),
      ]),
    ),
    undecided: [
      ...placed.map(({ phase, text }) => (phase === null ? text : `phase ${phase}, ${text}`)),
      ...nobodys.map(({ kind, phase }) => `a finding (${kind}) speaks of phase ${phase}, which did not run`),
    ],
  }
}

function toOutcome(
  { id, name, expectations, todo, contractFiles }: PhaseDuty,
  records: readonly TestRecord[],
  findings: readonly Finding[],
  isUndecided: boolean,
): PhaseOutcome {
  const judged = records.filter(
    ({ subject, findings: found }) =>
      subject.kind === 'expectation' && subject.phase === id && found !== null,
  )
  const runs = records.filter(({ subject }) => subject.kind === 'contract' && subject.trial.phase === id)
  const contracts = toContracts(runs)
  const ran = contracts.filter(isJudged)
  const leftOut = runs.filter((run) => !contracts.includes(run) && !isJudged(run))
  const called = records.filter(
    ({ subject }) => subject.kind === 'endpoints' && Math.max(1, subject.report.phase) === id,
  )
  const notCalled = records.some(
    (record) =>
      record.subject.kind === 'endpoints' && record.subject.report.phase === id && !isJudged(record),
  )
  const live = records.filter(({ subject }) => subject.kind === 'live' && subject.report.phase === id)
  const plain = records.filter(
    ({ subject, state, file }) => subject.kind === 'unknown' && state === 'not-run' && isInPhase(file, name),
  )
  const stubs = records.filter(({ subject }) => subject.kind === 'to-do' && subject.phase === id)
  const owed = [...todo, ...stubs.map((stub) => stub.name)]
  const missing = [
    ...(owed.length > 0 ? [`to do: ${owed.map((one) => `"${one}"`).join(', ')}`] : []),
    ...(judged.length < expectations
      ? [`${expectations - judged.length} of ${expectations} expectations did not run`]
      : []),
    ...(ran.length < contracts.length
      ? [`${contracts.length - ran.length} of ${contracts.length} contracts did not run`]
      : []),
    ...(notCalled ? ['its endpoints were not called'] : []),
    ...(live.every(isJudged) ? [] : ['it was not applied beneath a running server']),
    ...(leftOut.length > 0 ? [`${leftOut.length} runs of contracts around the phase did not run`] : []),
    ...(plain.length > 0 ? [`${plain.map((test) => `"${test.name}"`).join(', ')} did not run`] : []),
    ...contractFiles
      .filter((file) => !records.some((record) => record.file === file))
      .map(
        (file) =>
          `${file.slice(file.lastIndexOf('/') + 1)} did not run${isContract(file) ? '' : nameContracts}`,
      ),
    ...(isUndecided ? ['something of it could not be judged'] : []),
  ]
  return {
    expectations: judged.length,
    contracts: ran.length,
    ...toReused([...runs, ...called, ...live]),
    findings: findings.filter(({ phase }) => phase === id),
    notRun: missing.length === 0 ? null : missing.join(', '),
  }
}

/** One run stands for its contract: the one right after its phase or, where that was left out, the one after the newest. */
function toContracts(runs: readonly TestRecord[]): readonly TestRecord[] {
  const onNewest = runs.filter(
    ({ subject }) => subject.kind === 'contract' && subject.trial.server === undefined,
  )
  const own = onNewest.filter(({ subject }) => subject.kind === 'contract' && subject.trial.role === 'own')
  return own.length > 0 ? own : onNewest
}

function toReused(runs: readonly TestRecord[]): Pick<PhaseOutcome, 'trials'> {
  const reused = runs.filter((run) => run.reused).length
  return reused === 0 ? {} : { trials: { reused, of: runs.length } }
}

/** A run that was skipped because its contract is judged already has findings, an empty list of them. */
function isJudged({ findings }: TestRecord): boolean {
  return findings !== null
}

interface Undecided {
  readonly file: string | null
  readonly phase: number | null
  readonly text: string
}

/** Failed without a finding, or passed at a second try only: the test says nothing about the subject. */
function toUndecided(record: TestRecord): Undecided[] {
  const { state, findings, errors, name, file, retries } = record
  const at = { file, phase: phaseOfSubject(record) }
  if (retries > 0)
    return [{ ...at, text: `"${name}" in ${file} was tried ${retries + 1} times: set retry to 0` }]
  if (state !== 'failed' || (findings !== null && findings.length > 0)) return []
  const said = errors.map(({ message }) => message).join('; ') || 'it failed without an error'
  return [{ ...at, text: `"${name}" in ${file} failed without a finding: ${said}` }]
}

function toDisturbed({ file, where, message }: TestReport['disturbances'][number]): Undecided {
  return { file, phase: null, text: `${where}: ${message}` }
}

function phaseOfSubject({ subject }: TestRecord): number | null {
  if (subject.kind === 'expectation' || subject.kind === 'to-do') return subject.phase
  if (subject.kind === 'contract') return subject.trial.phase
  if (subject.kind === 'live') return subject.report.phase
  return subject.kind === 'endpoints' ? Math.max(1, subject.report.phase) : null
}

function phaseOf(file: string | null, duties: readonly PhaseDuty[]): number | null {
  return duties.find(({ name }) => file !== null && isInPhase(file, name))?.id ?? null
}

const nameContracts = ': only files named *.contract.test.ts do'

function isContract(file: string): boolean {
  return /\.contract\.test\.[cm]?[jt]sx?$/.test(file)
}

function isInPhase(file: string, phase: string): boolean {
  return file.includes(`/phases/${phase}/`)
}
