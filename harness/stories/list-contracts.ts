import { readdirSync } from 'node:fs'
import { join, sep } from 'node:path'

/** Files that say by their name that they hold tests; those that are no contracts are never run. */
const testFile = /\.(?:contract|test|spec)\.[cm]?[jt]sx?$/i

/** The test files in a phase's folder and below it, from the project's root: what must have run before the phase may pass. */
export function listContracts(projectRoot: string, scenario: string, phase: string): string[] {
  const folder = `scenarios/${scenario}/phases/${phase}`
  try {
    return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll(sep, '/'))
      .filter((path) => testFile.test(path) && !path.includes('node_modules/'))
      .map((path) => `${folder}/${path}`)
      .sort()
  } catch {
    return []
  }
}
