import type { ProofStates } from '../model/database-state.ts'
import type { Proof } from '../model/proof.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { ProofStatement, RunScope } from '../model/statement.ts'
import type { TestReport } from '../model/test-record.ts'
import { statementSchema } from '../proof/statement/statement-schema.ts'
import { toPlanDigest } from '../proof/statement/to-plan-digest.ts'
import { toStatement } from '../proof/statement/to-statement.ts'
import { harnessDigest } from './harness-digest.ts'
import { HARNESS_VERSION } from './harness-version.ts'
import type { ProvePlace } from './keep-databases.ts'
import { listContracts } from './list-contracts.ts'
import { readLoaded } from './loaded-files.ts'
import type { ProveRequest } from './prove.ts'
import { readCommit } from './read-commit.ts'

/** A run that has its verdict. */
interface ConcludedRun {
  readonly request: ProveRequest
  readonly place: Pick<ProvePlace, 'server' | 'projectRoot'>
  readonly run: ScenarioRun
  readonly report: TestReport
  readonly proof: Proof
  readonly states: ProofStates | null
}

/**
 * States what a run shows, for whoever was not there; reads the commit of the work tree.
 * @throws ZodError when it is not as the schema says: then nobody could sign it, which must not show only at the gate
 */
export async function stateProof(concluded: ConcludedRun): Promise<ProofStatement> {
  const { request, place, run, report, proof, states } = concluded
  const statement = toStatement(proof, {
    states,
    plan: toPlanDigest(request.scenario, run.upTo),
    loaded: await readLoaded(request.scenario.name, place.projectRoot, report.loaded ?? []),
    records: report.records,
    harness: describeHarness(),
    provider: place.server.provider,
    commit: await readCommit(place.projectRoot),
    roles: run.roles,
    run: toScope(concluded),
  })
  statementSchema.parse(statement)
  return statement
}

/** The harness that runs, for whoever compares it with the one that proved. */
export function describeHarness() {
  const [name = '', version = ''] = HARNESS_VERSION.split(' ')
  return { name, version, digest: harnessDigest('proof') }
}

function toScope({ request, place, run, report, proof }: ConcludedRun): RunScope {
  const { scenario, contracts, quick, experiments, isFiltered = false, thorough = false } = request
  const phases = scenario.phases.slice(0, run.upTo)
  const hasContracts =
    scenario.server !== undefined ||
    phases.some(({ name }) => listContracts(place.projectRoot, scenario.name, name).length > 0)
  const anew = run.edited === null ? phases.length : phases.findIndex(({ name }) => name === run.edited)
  return {
    isFiltered,
    rehearsals: quick || experiments !== undefined ? 'some' : 'all',
    isWithoutContracts: hasContracts && !contracts,
    isScaled: proof.about.scaled !== null,
    isThorough: thorough,
    reused: {
      trials: report.records.filter(({ reused }) => reused).length,
      phases: phases.slice(0, anew).map(({ name }) => name),
    },
  }
}
