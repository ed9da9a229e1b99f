import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readInstalledVersion } from '../../ground/installed-package.ts'

/** What a repository runs its own tests with, as far as it matters where the phases are added. */
export type TestRunner =
  /** A Vitest that can run the phases, with the configuration to extend. */
  | { readonly kind: 'vitest'; readonly config: string }
  /** Anything else, which is left alone. */
  | { readonly kind: 'other'; readonly name: string }

const extensions = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']
/** The major whose projects and fixtures the phases are written for. */
const VITEST_MAJOR = 4

/** Looks what a repository tests with: an existing `vitest.config` is extended, all else gets a configuration beside it. */
export function findTestRunner(root: string): TestRunner {
  const config = extensions
    .map((extension) => `vitest.config.${extension}`)
    .find((name) => existsSync(join(root, name)))
  const version = readInstalledVersion('vitest', root)
  if (config !== undefined) {
    if (Number.parseInt(version ?? '', 10) === VITEST_MAJOR) return { kind: 'vitest', config }
    return { kind: 'other', name: `Vitest ${version ?? 'that is not installed'}` }
  }
  const jest = readInstalledVersion('jest', root)
  return { kind: 'other', name: jest === null ? 'no Vitest configuration' : `Jest ${jest}` }
}
