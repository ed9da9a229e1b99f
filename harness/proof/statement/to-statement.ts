import { toSha256 } from '../../ground/file-digest.ts'
import { toCanonicalJson } from '../../ground/to-canonical-json.ts'
import type { ProofStates } from '../../model/database-state.ts'
import type { Proof } from '../../model/proof.ts'
import type {
  ProofDetails,
  ProofStatement,
  RunScope,
  StartState,
  StatedCheck,
} from '../../model/statement.ts'
import type { TestRecord } from '../../model/test-record.ts'
import { toSubjects } from './to-subjects.ts'

const isOutside = /^(?:[/\\]|[A-Za-z]:)/

/** What a statement says beside its proof. */
interface StatementGround {
  readonly states: ProofStates | null
  /** Digest of the plan as data, SHA-256, hex. */
  readonly plan: string
  /** Digests of files of the project beside the scenario that its tests loaded, by path from the root. */
  readonly loaded: Readonly<Record<string, string>>
  readonly records: readonly TestRecord[]
  readonly harness: ProofDetails['harness']
  readonly provider: string
  readonly commit: ProofDetails['commit']
  readonly roles: ProofDetails['roles']
  readonly run: RunScope
}

/** The proof as an in-toto statement. Pure: the same proof gives the same statement. */
export function toStatement(proof: Proof, ground: StatementGround): ProofStatement {
  const { harness, provider, records } = ground
  const { about, scenario, upTo, verdict } = proof
  const checks = records.map(toCheck).sort(byPlace)
  const namesOf = (state: StatedCheck['state']) =>
    checks.filter((check) => check.state === state).map(toCheckName)
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: toSubjects(about, { ...ground, states: proof.states ?? null }),
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: verdict === 'proven' ? 'PASSED' : 'FAILED',
      configuration: [
        { name: `${harness.name} ${harness.version}`, digest: { sha256: harness.digest } },
        toDescriptor(`${about.tool.name} ${about.tool.version}`, about.tool),
        toDescriptor(`postgres ${about.postgres}`, { provider, version: about.postgres }),
      ],
      passedTests: namesOf('passed'),
      warnedTests: [],
      failedTests: namesOf('failed'),
      phaseproof: {
        format: 1,
        scenario,
        upTo,
        verdict,
        harness,
        postgres: { version: about.postgres, provider },
        tool: about.tool,
        commit: ground.commit,
        roles: ground.roles,
        start: toStart(ground.states),
        run: ground.run,
        checks,
        proof,
      },
    },
  }
}

function toDescriptor(name: string, value: unknown) {
  return { name, digest: { sha256: toSha256(toCanonicalJson(value)) } }
}

function toCheck({ subject, file, name, state, findings, reused, durationMs }: TestRecord): StatedCheck {
  return {
    phase: toPhase(subject),
    kind: subject.kind,
    // A test of the harness itself lies outside of the project, in another folder on each machine.
    file: isOutside.test(file) ? '' : file,
    name,
    state,
    findings: findings?.length ?? 0,
    reused,
    durationMs: Math.round(durationMs),
  }
}

function toPhase(subject: TestRecord['subject']): number | null {
  switch (subject.kind) {
    case 'contract':
      return subject.trial.phase
    case 'endpoints':
    case 'live':
      return subject.report.phase
    case 'unknown':
      return null
    default:
      return subject.phase
  }
}

function toCheckName({ phase, file, name }: StatedCheck): string {
  return [phase === null ? '' : `phase ${phase}`, file, name].filter((part) => part !== '').join(' > ')
}

/** A test runner hands its records back as they end, which differs from run to run. */
function byPlace(a: StatedCheck, b: StatedCheck): number {
  const toKey = ({ phase, kind, file, name }: StatedCheck) => [phase ?? 0, kind, file, name] as const
  const [left, right] = [toKey(a), toKey(b)]
  const index = left.findIndex((part, at) => part !== right[at])
  if (index === -1) return 0
  return (left[index] ?? 0) < (right[index] ?? 0) ? -1 : 1
}

function toStart(states: ProofStates | null): StartState | null {
  if (states === null) return null
  const { schema, history, rowCounts } = states.start
  return {
    schema: toSha256(toCanonicalJson(schema)),
    history: toSha256(toCanonicalJson(history)),
    rowCounts,
  }
}
