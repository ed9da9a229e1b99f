import type { ImportModule } from '../ground/import-module.ts'

/** Imports a module of the user's, TypeScript or not, as Vite reads it: also on a Node that does not strip types. */
export const importTypeScript: ImportModule = async (file) => {
  // Loaded here: it costs a quarter of a second, which a wrong call need not pay.
  const { runnerImport } = await import('vite')
  const { module } = await runnerImport<object>(file, {
    configFile: false,
    envDir: false,
    logLevel: 'error',
  })
  return module
}
