import { relative } from 'node:path'
import type { TestCase, TestModule } from 'vitest/node'
import type { ApiDocument } from '../contract/api-document.ts'
import { coverageLimits } from '../contract/coverage-limits.ts'
import { type EarlierRun, summariseEarlier } from '../contract/summarise-earlier.ts'
import type { EndpointRow } from '../model/contract.ts'
import type { Finding } from '../model/finding.ts'
import type { AttemptCost } from './contract-attempt.ts'
import type { EndpointReport } from './endpoints.suite.ts'

/** What the contract tests and the endpoints of a run came to. */
export interface ContractReport {
  readonly findings: readonly Finding[]
  /** Phases whose endpoints were to be called and were not. */
  readonly notCalled: readonly number[]
  /** Why a test could not judge; null when all could. */
  readonly undecided: string | null
  readonly endpoints: readonly EndpointRow[]
  readonly limits: readonly string[]
  readonly cost: ContractCost
}

/** What the contracts cost; for the bench. */
export interface ContractCost {
  readonly runs: number
  readonly requests: number
  /** Wait for a clone, half of the time and at worst but one in twenty, in ms. */
  readonly cloneWaitMs: { readonly p50: number; readonly p95: number }
  /** Sum over all runs; they share the processors with each other. */
  readonly durationMs: number
}

/** Gathers what the tests left in their meta. Pure but for the tests' results. */
export function reportContracts(
  modules: readonly TestModule[],
  document: ApiDocument | null,
  earlierServers: readonly string[],
  upTo: number,
): ContractReport {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const endpoints = tests.filter((test) => test.meta().endpoints !== undefined)
  const swept = endpoints.flatMap((test) => test.meta().endpoints ?? [])
  const notRun = endpoints.filter((test) => !['passed', 'failed'].includes(test.result().state))
  const lost = endpoints.find(
    (test) => test.result().state === 'failed' && test.meta().findings === undefined,
  )
  const earlier = summariseEarlier(earlierServers, toEarlierRuns(tests))
  const exercised = [
    ...tests.flatMap((test) => test.meta().exercised ?? []),
    ...swept.flatMap((one) => one.exercised),
  ]
  return {
    findings: blameFirst(tests.flatMap(toContractFindings)),
    notCalled: notRun.flatMap((test) => test.meta().endpoints?.phase ?? []),
    undecided: lost
      ? `"${lost.name}" could not be judged: ${lost.result().errors?.[0]?.message}`
      : earlier.undecided,
    endpoints: document ? toMatrix(document, swept) : [],
    limits: [
      ...(document ? [...coverageLimits(document, exercised, upTo), ...sweepLimits(swept, upTo)] : []),
      ...earlier.limits,
    ],
    cost: toCost(tests),
  }
}

function toContractFindings(test: TestCase): readonly Finding[] {
  const { contract, endpoints, findings } = test.meta()
  const result = test.result()
  if ((!contract && !endpoints) || result.state !== 'failed') return []
  if (findings && findings.length > 0) return findings
  // A hook of the test file failed, or Vitest ended the test: it has no finding of its own.
  const message = result.errors.map((error) => error.message).join('; ')
  const file = relative(process.cwd(), test.module.moduleId)
  const about = { expectation: test.fullName, test: test.fullName, file, message }
  return contract ? [{ kind: 'contract-failed', phase: contract.phase, ...about }] : []
}

/**
 * What is wrong with an endpoint after one phase is wrong after each later one; the first to show it is blamed, once. An endpoint
 * that does not work fails every probe in the same way: from the phase after which it fails, that is said once, too.
 */
function blameFirst(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  const failed = findings.filter((one) => one.kind === 'endpoint-failed')
  const isSaid = (operationId: string | null, phase: number) =>
    failed.some((one) => one.operationId === operationId && one.phase <= phase)
  return findings
    .filter(
      (one) => !('check' in one && one.check === 'not_a_server_error' && isSaid(one.operationId, one.phase)),
    )
    .sort((left, right) => left.phase - right.phase)
    .filter((finding) => {
      if (!finding.kind.startsWith('endpoint-')) return true
      const { phase, expectation, ...fault } = finding
      const key = JSON.stringify(fault)
      return !seen.has(key) && seen.add(key)
    })
}

function toMatrix({ operations }: ApiDocument, swept: readonly EndpointReport[]): EndpointRow[] {
  if (swept.length === 0) return []
  return operations.map(({ operationId, method, path, sincePhase }) => {
    const cells = swept.flatMap(({ cells: all }) => all.filter((cell) => cell.operationId === operationId))
    const sorted = cells
      .map(({ phase, status, outcome }) => ({ phase, status, outcome }))
      .sort((left, right) => left.phase - right.phase)
    return { operationId, method, path, sincePhase, cells: sorted }
  })
}

function sweepLimits(swept: readonly EndpointReport[], upTo: number): string[] {
  const last = swept.find(({ phase, seed }) => phase === upTo && seed === null)
  if (!last || last.notShown.length === 0) return []
  return [
    `${last.notShown.length} endpoints were not seen working by the sweep: ${last.notShown.join(', ')}.`,
  ]
}

function toEarlierRuns(tests: readonly TestCase[]): EarlierRun[] {
  return tests.flatMap((test) => {
    const { contract, isNotServed } = test.meta()
    if (contract?.server === undefined || isNotServed === undefined) return []
    return [{ server: contract.server, isServed: !isNotServed }]
  })
}

function toCost(tests: readonly TestCase[]): ContractCost {
  const contracts = tests.filter((test) => test.meta().contract !== undefined)
  const costs = contracts.flatMap((test): readonly AttemptCost[] => test.meta().costs ?? [])
  const waits = costs.map(({ cloneMs }) => cloneMs).sort((left, right) => left - right)
  const at = (share: number) =>
    Math.round((waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0) * 10) / 10
  return {
    runs: costs.length,
    requests: costs.reduce((sum, { requests }) => sum + requests, 0),
    cloneWaitMs: { p50: at(0.5), p95: at(0.95) },
    durationMs: Math.round(contracts.reduce((sum, test) => sum + (test.diagnostic()?.duration ?? 0), 0)),
  }
}
