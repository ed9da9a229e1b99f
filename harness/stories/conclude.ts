import { relative } from 'node:path'
import { coverageLimits } from '../contract/coverage-limits.ts'
import { summariseEarlier } from '../contract/summarise-earlier.ts'
import { toSha256 } from '../ground/file-digest.ts'
import { toCanonicalJson } from '../ground/to-canonical-json.ts'
import { expectationsOf } from '../judge/expectations-of.ts'
import { liveLimits } from '../judge/live/live-limits.ts'
import { liveResults } from '../judge/live/live-results.ts'
import { rehearsalResults } from '../judge/rehearsal/results.ts'
import type { Proof } from '../model/proof.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { TestReport } from '../model/test-record.ts'
import { assembleProof, type PhaseOutcome } from '../proof/assemble-proof.ts'
import { comparePromises } from '../proof/compare-promises.ts'
import { type ContractCost, toContractCost } from '../proof/to-contract-cost.ts'
import { toMatrix } from '../proof/to-matrix.ts'
import { toOutcomes } from '../proof/to-outcomes.ts'
import { toStates } from '../proof/to-states.ts'
import { toTestLimits } from '../proof/to-test-limits.ts'
import { type KeptDatabase, keepDatabases, type ProvePlace } from './keep-databases.ts'
import { listContracts } from './list-contracts.ts'
import { readPromises } from './promise-file.ts'
import { toStatesText, writeProof } from './proof-files.ts'
import type { ProveRequest } from './prove.ts'
import { readDocument } from './read-document.ts'
import { withUnrestored } from './rehearsal/unrestored.ts'
import { stateProof } from './state-proof.ts'
import { writePage } from './write-page.ts'
import { writeRecipes } from './write-recipes.ts'

/** How a run ended. */
export interface Conclusion {
  readonly proof: Proof
  /** Where the proof was written, from the project's root; null when nothing was decided. */
  readonly file: string | null
  /** Where it says what to do when a deploy stops, from the project's root; null when nothing was rehearsed. */
  readonly recipes: string | null
  /** The verdict as a page to read, from the project's root; null when nothing was decided. */
  readonly page: string | null
  readonly kept: readonly KeptDatabase[]
  readonly contractCost: ContractCost
}

/**
 * The second half of a proof: draws the verdict from what was observed and what the tests say, writes it, and keeps the databases
 * that a person will want to look into.
 * @throws document-invalid, plan-invalid, postgres-lost
 */
export async function conclude(
  request: ProveRequest,
  place: ProvePlace,
  run: ScenarioRun,
  report: TestReport,
): Promise<Conclusion> {
  const { projectRoot, reportsFolder } = place
  const judged = toProof(request, projectRoot, run, report)
  const states = toStates(run, request.scenario.phases)
  const statesText = toStatesText(states)
  const proof = statesText === '' ? judged : { ...judged, states: toSha256(statesText) }
  const statement =
    proof.verdict === 'undecided' ? null : await stateProof({ request, place, run, report, proof, states })
  const file = writeProof(reportsFolder, proof, {
    states: statesText,
    statement: statement === null ? '' : toCanonicalJson(statement),
  })
  const recipes = writeRecipes(reportsFolder, proof)
  const page = file && (await writePage(reportsFolder, { proof, states, scenario: request.scenario }))
  return {
    proof,
    file: file && relative(projectRoot, file),
    recipes: recipes && relative(projectRoot, recipes),
    page: page && relative(projectRoot, page),
    kept: await keepDatabases(request.keep, place, run, proof),
    contractCost: toContractCost(report.records),
  }
}

function toProof(request: ProveRequest, projectRoot: string, run: ScenarioRun, report: TestReport): Proof {
  const { scenario, contracts } = request
  const phases = scenario.phases.slice(0, run.upTo)
  const files = new Map(phases.map(({ id, name }) => [id, listContracts(projectRoot, scenario.name, name)]))
  const outcomes = toOutcomes(
    phases.map((phase) => ({
      id: phase.id,
      name: phase.name,
      expectations: expectationsOf(phase, scenario).length,
      todo: phase.todo ?? [],
      contractFiles: contracts ? (files.get(phase.id) ?? []) : [],
    })),
    report,
  )
  // Contracts may speak of the database alone, without a server.
  const hasContracts = (id: number) => scenario.server !== undefined || files.get(id)?.length !== 0
  const restored = withUnrestored(outcomes.phases, phases, run.phases)
  const judged = contracts ? restored : leaveOut(restored, hasContracts)
  const document = contracts ? readDocument(projectRoot, scenario.name, scenario.contract?.document) : null
  const earlier = summariseEarlier(Object.keys(scenario.earlierServers ?? {}), toEarlierRuns(report))
  const swept = report.records.flatMap(({ subject }) =>
    subject.kind === 'endpoints' ? [subject.report] : [],
  )
  const live = report.records.flatMap(({ subject, findings }) =>
    subject.kind === 'live' && findings !== null ? [subject.report] : [],
  )
  const exercised = report.records.flatMap((record) => record.exercised)
  const silent = phases.filter(({ id }) => files.get(id)?.length === 0).map(({ id }) => `phase ${id}`)
  const proof = assembleProof(run, scenario.phases, judged, {
    takenAt: new Date().toISOString(),
    accepted: scenario.knownDifferences ?? [],
    undecided: [...outcomes.undecided, ...(earlier.undecided === null ? [] : [earlier.undecided])],
    limits: [
      ...(silent.length > 0 ? [`No API contract speaks about ${silent.join(', ')}.`] : []),
      ...(document ? coverageLimits(document, exercised, run.upTo) : []),
      ...toTestLimits(report.records, { upTo: run.upTo, isAll: request.upTo === 'all' }),
      ...earlier.limits,
      ...liveLimits(live),
    ],
    rehearsals: phases.flatMap((phase) => {
      const evidence = run.phases.find((entry) => entry.phase === phase.id)
      const findings = outcomes.phases.get(phase.id)?.findings ?? []
      const made = evidence ? rehearsalResults({ scenario, phase, evidence, findings }) : []
      const beneath = live.find((entry) => entry.phase === phase.id)
      const results = [...made, ...(beneath ? liveResults(beneath, findings) : [])]
      return results.map((result) => ({ phase: phase.id, ...result }))
    }),
    endpoints: document ? toMatrix(document.operations, swept) : [],
  })
  const promises = readPromises(projectRoot, scenario.name)
  if (promises === null) return proof
  const isWhole = request.upTo === 'all' && contracts && !request.quick && request.scale === undefined
  const broken = comparePromises(promises, proof, isWhole)
  return { ...proof, limits: [...proof.limits, ...broken] }
}

function leaveOut(
  outcomes: ReadonlyMap<number, PhaseOutcome>,
  hasContracts: (phase: number) => boolean,
): ReadonlyMap<number, PhaseOutcome> {
  const reason = 'nothing was found against its database, but its API contracts were left out'
  return new Map(
    [...outcomes].map(([id, one]) => [
      id,
      hasContracts(id) && one.notRun === null ? { ...one, notRun: reason, isDatabaseHeld: true } : one,
    ]),
  )
}

function toEarlierRuns({ records }: TestReport) {
  return records.flatMap(({ subject, findings }) =>
    subject.kind === 'contract' && subject.trial.server !== undefined && findings !== null
      ? [{ server: subject.trial.server, isServed: !subject.isNotServed }]
      : [],
  )
}
