import { configDefaults, defineConfig, type ViteUserConfig, type ViteUserConfigExport } from 'vitest/config'
import { phaseproofProject } from './phaseproof-project.ts'

// A configuration is read where Vitest's `expect` is not there yet, so nothing here may import it.
export { phaseproofProject } from './phaseproof-project.ts'
export { schemaMatchers } from './schema-matchers.ts'

type Project = NonNullable<NonNullable<ViteUserConfig['test']>['projects']>[number]

/**
 * A Vitest configuration that runs the phases: by itself, or as one more project beside the tests of a configuration that is handed in.
 * Those tests stay as they are.
 */
export function phaseproofConfig(own?: ViteUserConfigExport): ViteUserConfigExport {
  if (own === undefined) return defineConfig({ test: { projects: [phaseproofProject()] } })
  return defineConfig(async (environment) => {
    const config = await (typeof own === 'function' ? own(environment) : own)
    const { projects = [ownTests(config)], ...test } = config.test ?? {}
    return { ...config, test: { ...test, projects: [...projects, phaseproofProject()] } }
  })
}

/** The tests of a configuration without projects: what Vitest would run, as a project that takes over all of it. */
function ownTests({ test }: ViteUserConfig): Project {
  // Contracts need a database after a phase, which only our project has.
  const exclude = [...(test?.exclude ?? configDefaults.exclude), 'scenarios/**/*.contract.test.*']
  return { extends: true, test: { name: test?.name ?? 'tests', exclude } }
}
