import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Assignment } from './provided.ts'

/** Pattern of the names of contract test files: what `listContracts` says must have run. */
export const contractFiles = '*.contract.test.?(c|m)[jt]s?(x)'

/**
 * What a run leaves out, as patterns: folders of phases beyond its last one (those without a number are never left out), and all
 * contracts if it runs none.
 */
export function leftOutPatterns({ root, options: { scenario, upTo, contracts } }: Assignment): string[] {
  if (!contracts) return [`**/${contractFiles}`]
  if (upTo === 'all') return []
  let folders: string[]
  try {
    folders = readdirSync(join(root, 'scenarios', scenario, 'phases'))
  } catch {
    return []
  }
  return folders
    .filter((name) => Number.parseInt(name, 10) > upTo)
    .map((name) => `scenarios/${scenario}/phases/${name}/**`)
}
