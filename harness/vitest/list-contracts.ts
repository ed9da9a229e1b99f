import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Absolute paths of the contract tests in a phase's folder; what lies there must have run before the phase counts as passed. */
export function listContracts(projectRoot: string, scenario: string, phase: string): string[] {
  const folder = join(projectRoot, 'scenarios', scenario, 'phases', phase)
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.contract.test.ts'))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}
