import type { ImportModule } from '../ground/import-module.ts'

/** Imports a module of the user's, TypeScript or not, as Vite reads it: also on a Node that does not strip types. */
export const importTypeScript: ImportModule = async (file) => {
  // Loaded here: it costs a quarter of a second, which a wrong call need not pay.
  const { createRunnableDevEnvironment, resolveConfig } = await import('vite')
  const config = await resolveConfig(
    {
      configFile: false,
      envDir: false,
      logLevel: 'error',
      environments: {
        inline: {
          consumer: 'server',
          dev: { moduleRunnerTransform: true },
          resolve: { external: true, mainFields: [], conditions: ['node'] },
        },
      },
    },
    'serve',
  )
  const environment = createRunnableDevEnvironment('inline', config, {
    runnerOptions: { hmr: { logger: false } },
    hot: false,
  })
  await environment.init()
  // It stays open, unlike that of Vite's own `runnerImport`: a server may import more of itself when a request first needs it.
  return environment.runner.import<object>(file)
}
