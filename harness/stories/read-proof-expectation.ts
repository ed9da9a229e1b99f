import { existsSync, readFileSync } from 'node:fs'
import { toSha256OfBytes } from '../ground/file-digest.ts'
import { isHarnessError } from '../ground/system-failure.ts'
import { withLinearComparison } from '../judge/with-linear-comparison.ts'
import type { Scenario } from '../model/scenario.ts'
import type { ProofStatement, Refusal } from '../model/statement.ts'
import type { ProofExpectation } from '../proof/statement/judge-proof.ts'
import { toPlanDigest } from '../proof/statement/to-plan-digest.ts'
import { toSubjects } from '../proof/statement/to-subjects.ts'
import { describeAbout } from './describe-about.ts'
import { readAnew } from './loaded-files.ts'
import { readPlan } from './read-plan.ts'
import { readSnapshotOf } from './read-snapshot-of.ts'
import { describeHarness } from './state-proof.ts'

/** What is read anew. */
interface ExpectationRequest {
  readonly scenario: Scenario
  readonly upTo: number
  readonly projectRoot: string
  /** The states that the proof leads through, beside it. */
  readonly statesFile: string
  /** What was proven: some digests depend on how. */
  readonly proven: ProofStatement
}

/**
 * Reads anew, from the repository, everything that a proof of phases 1 to `upTo` has to be about. A snapshot that is damaged is a reason to
 * refuse.
 * @throws usage, plan-invalid
 */
export async function readProofExpectation(
  request: ExpectationRequest,
): Promise<{ readonly expected: ProofExpectation; readonly refusals: readonly Refusal[] }> {
  const { upTo, projectRoot, statesFile } = request
  const proven = request.proven.predicate.phaseproof
  const scenario = proven.run.isThorough ? withLinearComparison(request.scenario) : request.scenario
  const { tool, migrations } = await readPlan(scenario, upTo, projectRoot)
  const { snapshot, refusals } = await readWhole(scenario, projectRoot)
  const about = await describeAbout({
    scenario,
    upTo,
    tool,
    snapshot,
    scaled: proven.proof.about.scaled,
    migrations,
    // Nothing of it is compared here: it is what it was.
    server: {
      version: { text: proven.postgres.version, major: Number.parseInt(proven.postgres.version, 10) },
    },
    projectRoot,
  })
  const states = existsSync(statesFile) ? toSha256OfBytes(readFileSync(statesFile)) : null
  const loaded = readAnew(request.proven.subject, projectRoot)
  const subjects = toSubjects(about, { plan: toPlanDigest(scenario, upTo), states, loaded })
  return {
    expected: { scenario: scenario.name, upTo, subjects, tool: tool.rules, harness: describeHarness() },
    refusals,
  }
}

async function readWhole(scenario: Scenario, projectRoot: string) {
  try {
    const { snapshot } = await readSnapshotOf(scenario, projectRoot, undefined)
    return { snapshot, refusals: [] }
  } catch (error) {
    if (!isHarnessError(error) || error.code !== 'snapshot-invalid') throw error
    const refusal: Refusal = {
      kind: 'subject-changed',
      message: `The snapshot is not what was proven: ${error.message}`,
      remedy: error.remedy,
    }
    return { snapshot: null, refusals: [refusal] }
  }
}
