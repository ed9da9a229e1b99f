import { askEndpoints } from '../../contract/ask-endpoints.ts'
import { expectationsOf } from '../../judge/expectations-of.ts'
import { toGateCheck, toToldCheck } from '../../judge/gate/gate-check.ts'
import { judgeApplied } from '../../judge/gate/judge-applied.ts'
import { judgeExtensions, judgeSource } from '../../judge/gate/judge-place.ts'
import { judgeFiles, judgeVerdict } from '../../judge/gate/judge-proof.ts'
import { judgeSameState, tellUnknown } from '../../judge/gate/judge-state.ts'
import type { ReferenceSchema } from '../../model/checkpoint.ts'
import type { SameSchemaExpectation } from '../../model/expectation.ts'
import type { GateCheck, GateOptions, Verified } from '../../model/gate.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'
import type { TargetFacts } from '../../model/target.ts'
import { describeFinding } from '../../proof/describe-finding.ts'
import { toTargetName, withTarget } from '../../target/with-target.ts'
import { readDocument } from '../read-document.ts'
import { fetchTargetFacts } from './fetch-target-facts.ts'
import { findPhase, toRowsLeftOut } from './gate.ts'
import { type Proven, readProven, toPhaseStates } from './read-proven.ts'
import { keepSeenIdentifier, readSeenIdentifier } from './seen-servers.ts'

/** What a verification is asked. */
interface VerifyRequest {
  readonly scenario: Scenario
  /** The phase that was applied last; `final`: the last of all, with the target schema. */
  readonly phase: number | 'final'
  readonly url: string
  readonly projectRoot: string
  readonly proof?: string
  /** Base URL of the server on the target, which is sent nothing but GET; left out: it is not asked. */
  readonly web?: { readonly url: string; readonly authorization: string | null }
  readonly options: Pick<GateOptions, 'allowWritingRole' | 'allowPooler' | 'newServer'>
  /** Builds the target schema elsewhere, for `final`; left out: it is not compared. */
  readonly buildTargetSchema?: () => Promise<ReferenceSchema>
}

/**
 * Holds a target, read-only, against the proven state after a phase, and against what the phase expects.
 * @throws usage, plan-invalid, snapshot-invalid, database-refused, postgres-lost, server-unavailable, document-invalid
 */
export async function verifyTarget(request: VerifyRequest): Promise<Verified> {
  const { scenario, url, projectRoot, web } = request
  const isFinal = request.phase === 'final'
  const phase = findPhase(scenario, request.phase === 'final' ? scenario.phases.length : request.phase)
  const proven = await readProven(scenario, phase.id, projectRoot, request.proof)
  const { read, plan, snapshot } = proven
  const { before, after } = toPhaseStates(read.states, phase.id)
  const target = await withTarget({ url, applicationName: 'phaseproof verify' }, (client) =>
    fetchTargetFacts(client, {
      url,
      scenario,
      phase,
      tool: plan.tool,
      before,
      after,
      proof: read.proof,
      migrator: undefined,
      isProofTrusted: false,
      longMs: 30_000,
    }),
  )
  const now = new Date().toISOString()
  const options = { ...request.options, maxAgeMs: 0, backupMaxAgeMs: 0, longMs: 0 }
  const seen = readSeenIdentifier(projectRoot, scenario.name, toTargetName(url))
  const schema = isFinal && request.buildTargetSchema ? await request.buildTargetSchema() : null
  const expected = judgeExpected(request, phase, proven, target, schema, now)
  const checks = [
    judgeVerdict({ phase, phases: scenario.phases, read }),
    judgeFiles({ read }),
    ...judgeSource(target, seen, options),
    judgeExtensions(after, null, target),
    ...(after === null
      ? tellUnknown('after')
      : judgeSameState(after, target, toRowsLeftOut(snapshot), 'end')),
    ...expected.checks,
    ...(web === undefined ? [] : [await judgeEndpoints(scenario, projectRoot, phase.id, web)]),
  ]
  const isServerRefused = checks.some(({ kind, outcome }) => kind === 'server' && outcome === 'refused')
  if (!isServerRefused) keepSeenIdentifier(projectRoot, scenario.name, target.server)
  return {
    scenario: scenario.name,
    phase: phase.id,
    isFinal,
    isVerified: checks.every(({ outcome }) => outcome !== 'refused'),
    checks,
    leftOut: expected.leftOut,
    target: { name: target.server.name, systemIdentifier: target.server.systemIdentifier },
    proof: { file: read.file, sha256: read.sha256 },
    verifiedAt: now,
  }
}

function judgeExpected(
  { scenario, phase: asked }: VerifyRequest,
  phase: Phase,
  { read, plan }: Proven,
  target: TargetFacts,
  schema: ReferenceSchema | null,
  now: string,
): { readonly checks: readonly GateCheck[]; readonly leftOut: readonly string[] } {
  const { before } = toPhaseStates(read.states, phase.id)
  if (before === null)
    return {
      checks: [toToldCheck('expectations', 'not-asked', 'the proven states are not known')],
      leftOut: [],
    }
  const reference: SameSchemaExpectation = {
    kind: 'same-schema',
    reference: 'target-schema',
    known: scenario.knownDifferences ?? [],
  }
  const judgeThese = (expectations: Parameters<typeof judgeApplied>[0]['expectations']) =>
    judgeApplied({
      phase,
      expectations,
      before,
      target,
      migrations: plan.migrations,
      words: plan.tool.words,
      references: schema === null ? {} : { 'target-schema': schema },
      now,
    })
  const toTexts = ({ findings }: ReturnType<typeof judgeApplied>) =>
    findings.map((finding) => describeFinding(finding).join('; ').replaceAll(/ {2,}/g, ' '))
  const own = judgeThese(expectationsOf(phase, scenario).filter(({ kind }) => kind !== 'same-schema'))
  const says = {
    held: `${own.judged} expectations of the phase hold; ${own.leftOut.length} cannot be asked of a database that is only read`,
    refused: `of ${own.judged} expectations of the phase some do not hold`,
  }
  const checks = [toGateCheck('expectations', says, toTexts(own))]
  if (asked !== 'final') return { checks, leftOut: own.leftOut }
  const whole =
    schema === null
      ? toToldCheck('target-schema', 'not-asked', 'the scenario names no target schema')
      : toGateCheck(
          'target-schema',
          {
            held: `tables, columns, indexes and constraints are those of ${scenario.target?.schema}`,
            refused: `it is not what ${scenario.target?.schema} says`,
          },
          toTexts(judgeThese([reference])),
        )
  return { checks: [...checks, whole], leftOut: own.leftOut }
}

async function judgeEndpoints(
  scenario: Scenario,
  projectRoot: string,
  phase: number,
  { url, authorization }: NonNullable<VerifyRequest['web']>,
): Promise<GateCheck> {
  const document = readDocument(projectRoot, scenario.name, scenario.contract?.document)
  if (document === null)
    return toToldCheck('endpoints', 'not-asked', 'the scenario names no OpenAPI document')
  const { asked, needLogin, faults, notAsked } = await askEndpoints(
    document,
    url.replace(/\/$/, ''),
    phase,
    authorization,
  )
  const says = {
    held: `${asked - needLogin} endpoints answered GET as described, ${needLogin} only that they need a login, ${notAsked.length} were not asked`,
    refused: `of ${asked} endpoints some did not answer GET as described`,
  }
  return toGateCheck('endpoints', says, faults)
}
