import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule, TestProject, Vitest } from 'vitest/node'
import { expectationsOf } from '../judge/expectations-of.ts'
import type { Proof } from '../model/proof.ts'
import type { ScenarioRun } from '../model/run.ts'
import { assembleProof, type PhaseOutcome } from '../proof/assemble-proof.ts'
import { toProofFile } from '../proof/proof-file.ts'
import { renderProof } from '../proof/render-proof.ts'
import { type ContractCost, type ContractReport, reportContracts } from './contract-report.ts'
import { importScenario } from './import-scenario.ts'
import { type KeptDatabase, keepDatabases } from './keep-databases.ts'
import { listContracts } from './list-contracts.ts'
import { readDocument } from './read-document.ts'
import { readRunOptions } from './run-options.ts'
import './provided.ts'

/** What the reporter found out: a proof, or why there is none. */
export type ReportedRun =
  | {
      readonly proof: Proof
      readonly file: string | null
      readonly kept: readonly KeptDatabase[]
      readonly contractCost: ContractCost
    }
  | { readonly proof: null; readonly reason: string }

/** Gathers the tests of a scenario into its proof, writes `reports/<scenario>/phase-<n>.json` and prints the verdict. */
export class ProofReporter implements Reporter {
  #vitest: Vitest | undefined
  readonly #listen: ((run: ReportedRun) => void) | null

  /** @param listen hears the outcome instead of the terminal */
  constructor(options: { listen?: (run: ReportedRun) => void } = {}) {
    this.#listen = typeof options.listen === 'function' ? options.listen : null
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): Promise<void> {
    const project = this.#vitest?.projects.find(({ name }) => name === 'scenario')
    const ours = modules.filter((module) => module.project.name === 'scenario')
    // Another project's tests alone, as with `--project unit`, say nothing about a scenario.
    if (!project || (ours.length === 0 && this.#listen === null)) return
    const reported = await this.#report(project, ours, errors)
    if (this.#listen) return this.#listen(reported)
    const colors = process.stdout.isTTY === true && process.env.NO_COLOR === undefined
    process.stdout.write(
      reported.proof
        ? `\n${renderProof(reported.proof, { colors, ...reported })}\n`
        : `\n  no proof: ${reported.reason}\n`,
    )
  }

  async #report(
    project: TestProject,
    modules: readonly TestModule[],
    errors: readonly SerializedError[],
  ): Promise<ReportedRun> {
    const runFile = project.getProvidedContext().scenarioRunFile
    if (!runFile || !existsSync(runFile)) return { proof: null, reason: 'the phases were not replayed' }
    const broken = errors[0]?.message ?? modules.flatMap((module) => module.errors())[0]?.message
    if (broken !== undefined) return { proof: null, reason: broken }

    const run = JSON.parse(readFileSync(runFile, 'utf8')) as ScenarioRun
    const scenario = await importScenario(project)
    const root = project.vitest.config.root
    const document = readDocument(scenario.name, scenario.contract?.document)
    const contract = reportContracts(modules, document, Object.keys(scenario.earlierServers ?? {}), run.upTo)
    if (contract.undecided !== null) return { proof: null, reason: contract.undecided }
    const isApiLeftOut = scenario.server !== undefined && !readRunOptions().contracts
    const outcomes = new Map<number, PhaseOutcome>()
    for (const phase of scenario.phases.slice(0, run.upTo)) {
      const outcome = toOutcome(
        phase.id,
        phase.name,
        expectationsOf(phase, scenario).length,
        modules,
        isApiLeftOut ? [] : listContracts(root, scenario.name, phase.name),
        contract,
      )
      if (typeof outcome === 'string') return { proof: null, reason: outcome }
      outcomes.set(
        phase.id,
        isApiLeftOut ? { ...outcome, notRun: outcome.notRun ?? 'its API contracts were left out' } : outcome,
      )
    }
    const without = scenario.phases
      .slice(0, run.upTo)
      .filter(({ name }) => listContracts(root, scenario.name, name).length === 0)
    const limits =
      without.length === 0
        ? []
        : [`No API contract speaks about ${without.map(({ id }) => `phase ${id}`).join(', ')}.`]
    const proof = assembleProof(run, scenario.phases, outcomes, {
      takenAt: new Date().toISOString(),
      limits: [...limits, ...depthLimits(run.upTo), ...contract.limits],
      endpoints: contract.endpoints,
    })
    // A run that left something out proves nothing, so it must not stand where a proof is looked for.
    const file = proof.verdict === 'undecided' && isFiltered(modules) ? null : writeProof(root, proof)
    return {
      proof,
      file: file && relative(root, file),
      kept: await keepDatabases(project, run, proof),
      contractCost: contract.cost,
    }
  }
}

export default ProofReporter

/** Counts a phase's tests; a text when a test failed for a reason that is not the subject's. */
function toOutcome(
  id: number,
  name: string,
  expected: number,
  modules: readonly TestModule[],
  contractFiles: readonly string[],
  contract: ContractReport,
): PhaseOutcome | string {
  const stated = modules
    .filter((module) => module.moduleId.match(/phases\.suite\.[jt]s$/))
    .flatMap((module) => [...module.children.allTests()].filter((test) => test.meta().phase === id))
  const contractModules = modules.filter(
    (module) => module.moduleId.endsWith('.contract.test.ts') && basename(dirname(module.moduleId)) === name,
  )
  const runs = contractModules.flatMap((module) => [...module.children.allTests()])
  // One run stands for its contract: the one right after its phase or, where that was left out, the one after the newest.
  const onNewest = runs.filter((test) => test.meta().contract?.server === undefined)
  const own = onNewest.filter((test) => test.meta().contract?.role === 'own')
  const contracts = own.length > 0 ? own : onNewest

  const undecided = [...stated, ...runs].find((test) => isUndecided(test, runs.includes(test)))
  if (undecided)
    return `"${undecided.name}" could not be judged: ${undecided.result().errors?.[0]?.message ?? 'unknown error'}`

  const judged = stated.filter((test) => test.meta().findings !== undefined)
  const ran = contracts.filter((test) => isFinished(test))
  // A run whose contract is judged already has empty findings; without any it was left out.
  const others = runs.filter((test) => !contracts.includes(test))
  const leftOut = others.filter((test) => !isFinished(test) && test.meta().findings === undefined)
  const missing = [
    ...(judged.length < expected
      ? [`${expected - judged.length} of ${expected} expectations did not run`]
      : []),
    ...(ran.length < contracts.length
      ? [`${contracts.length - ran.length} of ${contracts.length} contracts did not run`]
      : []),
    ...(contract.notCalled.includes(id) ? ['its endpoints were not called'] : []),
    ...(leftOut.length > 0 ? [`${leftOut.length} runs of contracts around the phase did not run`] : []),
    ...contractFiles
      .filter(
        (file) =>
          !contractModules.some(
            (module) => module.moduleId === file && [...module.children.allTests()].length > 0,
          ),
      )
      .map((file) => `${basename(file)} did not run`),
  ]
  return {
    expectations: judged.length,
    contracts: ran.length,
    findings: [
      ...judged.flatMap((test) => test.meta().findings ?? []),
      // A contract of an earlier phase speaks against the phase that breaks it.
      ...contract.findings.filter(({ phase }) => phase === id),
    ],
    notRun: missing.length === 0 ? null : missing.join(', '),
  }
}

function isFinished(test: TestCase): boolean {
  const { state } = test.result()
  return state === 'passed' || state === 'failed'
}

/** Failed without a finding of its own: the harness could not judge. A contract test fails for the subject's sake unless the harness says otherwise. */
function isUndecided(test: TestCase, isContract: boolean): boolean {
  const result = test.result()
  if (result.state !== 'failed') return false
  if (isContract) return result.errors.some(({ name }) => name === 'HarnessError')
  return (test.meta().findings ?? []).length === 0
}

function isFiltered(modules: readonly TestModule[]): boolean {
  return modules.some((module) =>
    [...module.children.allTests()].some((test) => test.result().state === 'skipped'),
  )
}

function writeProof(root: string, proof: Proof): string {
  const isScaled = proof.about.scaled !== null
  const file = toProofFile(root, proof.scenario, proof.upTo, { isScaled })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(proof, null, 2)}\n`)
  return file
}

/** What a run of one phase leaves to the runs of the others. */
function depthLimits(upTo: number): string[] {
  if (readRunOptions().upTo === 'all' || upTo === 1) return []
  return [
    `Contracts of earlier phases were tried after phase ${upTo} only, and endpoints called after it only: "all" tries them around each phase.`,
  ]
}
