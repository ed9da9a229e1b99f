import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const extensions = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']

/**
 * The Vitest configuration of a repository that has the phases as a project: `phaseproof.vitest.config`, else a `vitest.config` that
 * names us; null where there is none.
 */
export function findVitestConfig(root: string): string | null {
  const toNames = (base: string) => extensions.map((extension) => `${base}.${extension}`)
  const own = toNames('phaseproof.vitest.config').find((name) => existsSync(join(root, name)))
  if (own !== undefined) return own
  const shared = toNames('vitest.config').find((name) => existsSync(join(root, name)))
  if (shared === undefined) return null
  return /phaseproof/i.test(readFileSync(join(root, shared), 'utf8')) ? shared : null
}
