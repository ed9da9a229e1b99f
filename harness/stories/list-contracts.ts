import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The contract tests in a phase's folder, from the project's root: what must have run before the phase may pass. */
export function listContracts(projectRoot: string, scenario: string, phase: string): string[] {
  const folder = `scenarios/${scenario}/phases/${phase}`
  try {
    return readdirSync(join(projectRoot, folder))
      .filter((name) => /\.contract\.test\.[cm]?[jt]sx?$/.test(name))
      .map((name) => `${folder}/${name}`)
  } catch {
    return []
  }
}
