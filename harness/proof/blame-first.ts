import type { Finding } from '../model/finding.ts'

/**
 * Orders findings by phase and says each fault of an endpoint once, of the first phase that shows it. An endpoint that does not
 * work at all fails every generated case alike: from there on only `endpoint-failed` is said of it. Pure.
 */
export function blameFirst(findings: readonly Finding[]): Finding[] {
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
