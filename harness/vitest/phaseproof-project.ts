import { extname, join } from 'node:path'
import type { TestProjectInlineConfiguration } from 'vitest/config'
import { leftOutPatterns, readRunOptions } from './run-options.ts'

const extension = extname(import.meta.filename)
const ourFile = (name: string) => join(import.meta.dirname, `${name}${extension}`)

/** The project of Vitest in which a scenario is proven. All paths of ours are absolute, so it does not matter where this package lies. */
export function phaseproofProject({
  env,
}: {
  readonly env?: Readonly<Record<string, string>>
} = {}): TestProjectInlineConfiguration {
  const options = readRunOptions()
  return {
    test: {
      name: 'scenario',
      env: { ...env },
      include: [ourFile('phases.suite'), `scenarios/${options.scenario}/**/*.contract.test.ts`],
      exclude: ['scenarios/**/node_modules/**', ...leftOutPatterns(options, process.cwd())],
      globalSetup: [ourFile('scenario-setup')],
      setupFiles: [ourFile('close-clones.setup')],
      server: { deps: { inline: [import.meta.dirname, /\/phaseproof\/dist\//] } },
      isolate: false,
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  }
}
