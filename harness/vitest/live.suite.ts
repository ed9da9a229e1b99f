import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { chooseContracts } from '../contract/live/choose-contracts.ts'
import { countRows, keepRows } from '../contract/live/kept-rows.ts'
import { type LiveAttempt, type LiveDatabase, observeLive } from '../contract/live/observe-live.ts'
import { readSqlstate } from '../contract/live/read-sqlstate.ts'
import { renderFault } from '../contract/render-fault.ts'
import { redact } from '../ground/redact.ts'
import { toMessage } from '../ground/to-message.ts'
import { withClient } from '../ground/with-client.ts'
import { judgeLive } from '../judge/live/judge-live.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { ContractTrial } from '../model/contract.ts'
import type { LiveReport, LiveServer } from '../model/live.ts'
import type { ScenarioRun } from '../model/run.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import { runScript } from '../rehearse/run-script.ts'
import { listContracts } from '../stories/list-contracts.ts'
import { readPlan } from '../stories/read-plan.ts'
import { deploy } from '../stories/rehearsal/deploy.ts'
import { whyNotBeneath } from '../stories/rehearsal/why-not-beneath.ts'
import { whyUnrehearsed } from '../stories/rehearsal/why-unrehearsed.ts'
import { stageFor } from '../stories/stage-for.ts'
import { type CollectedContract, collectContracts } from './collected-contracts.ts'
import { ContractLate, tryOn, withScenarioServer } from './contract-attempt.ts'
import { type ContractPlace, openContractPlace, phaseOf } from './contract-place.ts'
import { ExpectationNotMet } from './expectation-not-met.ts'
import './test-note.ts'

/** Longest try of a contract on open connections: a pool that is used up lets it wait for good. */
const deadlineMs = 5_000
/** Longest deploy beneath a running server. */
const deployMs = 60_000
/** What is tried at most, on the scenario's own server and on an earlier one: each try costs some 40 ms, before the phase and after it. */
const bounds = { newest: { own: 12, earlier: 8 }, earlier: { own: 4, earlier: 4 } }
/** Longest of all tries beneath one phase. */
const phaseMs = 300_000

/** Registers, for each phase that was reached, that it can be applied beneath running servers. */
export async function describeLive(scenario: Scenario, run: ScenarioRun): Promise<void> {
  const place = await openContractPlace()
  const { reached, depth } = place.reach
  const asked = depth === 'newest' ? reached.slice(-1) : reached
  const filesOf = ({ name }: Phase) =>
    listContracts(place.root, scenario.name, name)
      .filter((file) => /\.contract\.test\.[cm]?[jt]sx?$/.test(file))
      .map((file) => join(place.root, file))
  const phases = scenario.phases.filter(({ id }) => asked.includes(id))
  const entries = phases.map((phase) => {
    const files = scenario.phases.filter(({ id }) => id <= phase.id).flatMap(filesOf)
    const decides = { rollback: phase.rollback?.sha256 ?? null, isQuick: isQuick(place) }
    return { phase, files, earlier: place.reuse.ofLive(phase.id, files, decides) }
  })
  const wanted = entries.filter(({ earlier }) => !earlier.kept?.live).flatMap(({ files }) => files)
  // What registers contracts takes a fixture of the whole file, so it is loaded before any suite is begun.
  await import('./contract-test.ts')
  const { contracts, failed } = collectContracts([...new Set(wanted)])
  describe('servers that run', () => {
    for (const { phase, earlier } of entries) {
      const none: LiveReport = { phase: phase.id, servers: [], rollback: null, leftOut: null }
      const name = `work while phase ${phase.id} is applied, and after it`
      const meta = { phaseproof: { subject: { kind: 'live' as const, report: none } } }
      it(name, { meta, timeout: phaseMs }, async ({ task }) => {
        const { key, kept } = earlier
        const outcomeKey = key === null ? {} : { outcomeKey: key }
        if (kept?.live) {
          const subject = { kind: 'live' as const, report: kept.live }
          task.meta.phaseproof = { subject, findings: [], reused: true, ...outcomeKey }
          return
        }
        if (failed.length > 0) throw new Error(`not all contracts could be read: ${failed.join('; ')}`)
        const evidence = run.phases.find((entry) => entry.phase === phase.id)
        if (!evidence) throw new Error(`phase ${phase.id} has no evidence in this run`)
        const report = await observePhase(place, phase, evidence, contracts)
        const findings = judgeLive(report, phase).map((finding) => ({
          ...finding,
          phase: phase.id,
          expectation: name,
        }))
        task.meta.phaseproof = { subject: { kind: 'live', report }, findings, ...outcomeKey }
        if (findings.length > 0) throw new ExpectationNotMet(findings)
      })
    }
  })
}

function isQuick({ options }: ContractPlace): boolean {
  return options.quick ?? false
}

async function observePhase(
  place: ContractPlace,
  phase: Phase,
  evidence: PhaseEvidence,
  contracts: readonly CollectedContract[],
): Promise<LiveReport> {
  const leftOut = whyNotBeneath(place.scenario, phase, evidence)
  const report = { phase: phase.id, servers: [], rollback: null, leftOut }
  if (leftOut !== null) return report
  const { earlier = [] } = place.reach
  const names = [
    undefined,
    ...earlier.filter(({ until = phase.id }) => phase.id <= until).map(({ name }) => name),
  ]
  const servers: LiveServer[] = []
  let rollback: LiveReport['rollback'] = null
  for (const server of names) {
    const { rollback: undone, ...seen } = await observeServer({ place, phase, evidence, server }, contracts)
    servers.push(seen)
    if (server === undefined) rollback = undone
  }
  return { ...report, servers, rollback }
}

/** One phase and one server that it is applied beneath; undefined: the scenario's own. */
interface Beneath {
  readonly place: ContractPlace
  readonly phase: Phase
  readonly evidence: PhaseEvidence
  readonly server: string | undefined
}

async function observeServer(beneath: Beneath, all: readonly CollectedContract[]) {
  const { place, phase, server } = beneath
  const known = all.flatMap((contract) => {
    const id = phaseOf(contract.file, place.scenario).id
    const isMeant = contract.server === server || (contract.server === undefined && contract.kind !== 'test')
    return id <= phase.id && isMeant ? [{ ...contract, phase: id, isOwn: id === phase.id }] : []
  })
  const { chosen, untried } = chooseContracts(
    known,
    phase.id,
    server === undefined ? bounds.newest : bounds.earlier,
  )
  const observed = await observeLive({
    // Its own first: where time runs out, earlier ones are left out.
    contracts: [...chosen].sort((left, right) => right.phase - left.phase),
    isNoisy: !isQuick(place),
    isUndone: server === undefined,
    withDatabase: (use) => withLiveDatabase(beneath, use),
  })
  return { ...observed, server: server ?? null, untried: observed.untried + untried }
}

type Chosen = CollectedContract & { readonly phase: number; readonly isOwn: boolean }

async function withLiveDatabase<T>(
  { place, phase, evidence, server }: Beneath,
  use: (database: LiveDatabase<Chosen>) => Promise<T>,
): Promise<T> {
  const { scenario, root, checkpoints } = place
  const { tool, migrations } = await readPlan(scenario, phase.id, root)
  const staged = stageFor({ scenario, migrations }, phase, evidence.before)
  const clone = await checkpoints.makeClone(evidence.before.database)
  const asMigrator = place.connectionString(clone.database, scenario.roles?.migrator)
  const { rollback } = phase
  try {
    return await withClient(clone.url, (db) =>
      use({
        async deploy() {
          const failure = await inTime(
            deploy(tool, { phase, staged }, asMigrator),
            `phase ${phase.id} was not applied within ${deployMs / 1000} s beneath a running server`,
          )
          if (failure)
            throw new Error(
              `phase ${phase.id} fails beneath a running server: ${failure.migration}: ${failure.sqlstate} ${failure.message}`,
            )
        },
        keepRows: () => keepRows(db),
        countRows: () => countRows(db),
        rollBack:
          rollback && whyUnrehearsed(phase, evidence) === null
            ? async () => (await runScript(asMigrator, rollback.sql)).stop
            : null,
        withServer: (ask) => {
          const log: string[] = []
          const hear = (entry: object) => log.push(JSON.stringify(entry))
          return withScenarioServer(
            place,
            clone.appUrl,
            server,
            (url) =>
              ask({
                url,
                attempt: (contract, isAfter) =>
                  attempt(place, { url, databaseUrl: clone.url, log }, phase, contract, isAfter),
              }),
            hear,
          )
        },
      }),
    )
  } finally {
    await clone.drop()
  }
}

async function attempt(
  place: ContractPlace,
  { url, databaseUrl, log }: { readonly url: string; readonly databaseUrl: string; readonly log: string[] },
  applied: Phase,
  contract: Chosen,
  isAfter: boolean,
): Promise<LiveAttempt> {
  const { kind, server, body } = contract
  const checkpoint = isAfter ? applied.id : applied.id - 1
  const role = checkpoint === contract.phase ? 'own' : checkpoint < contract.phase ? 'before' : 'after'
  const trial: ContractTrial = {
    kind,
    phase: contract.phase,
    checkpoint,
    role,
    ...(server !== undefined && { server }),
  }
  const phase = phaseOf(contract.file, place.scenario)
  log.length = 0
  const { recorded, error } = await tryOn(
    place,
    { url, databaseUrl, deadlineMs },
    { phase, trial },
    body,
  ).catch((thrown: unknown) => ({ recorded: null, error: thrown }))
  // What a test claims about its number of assertions would be asked of this one.
  expect.setState({ assertionCalls: 0, expectedAssertionsNumber: null, isExpectingAssertions: false })
  const { requests = [], faults = [] } = recorded ?? {}
  const failed = requests.findLast(({ status }) => status >= 500)
  const [fault] = faults
  return {
    failure: error !== null ? redact(toMessage(error)) : fault ? renderFault(fault) : null,
    requests,
    endpoint: failed?.endpoint ?? null,
    sqlstate: readSqlstate([failed?.said ?? '', ...log].join('\n')),
    isLate: error instanceof ContractLate,
  }
}

async function inTime<T>(work: Promise<T>, message: string): Promise<T> {
  const ended = new AbortController()
  const late = async () => {
    await sleep(deployMs, undefined, { signal: ended.signal })
    throw new Error(message)
  }
  try {
    return await Promise.race([work, late()])
  } finally {
    ended.abort()
  }
}
