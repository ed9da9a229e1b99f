import { type App, type AppOptions, createApp as createUnifiedApp } from '../app.ts'
import { deployedClient } from '../generate-client.ts'

/**
 * The server that is deployed while the phases are applied: the same routes, built with the schema before the last
 * edits.
 */
export function createApp(options: AppOptions): Promise<App> {
  return createUnifiedApp({ ...options, client: deployedClient })
}
