import type { ServerAddress } from '../model/ports.ts'

/** What the global set-ups hand to the tests. */
declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a throw-away server's maintenance database, as superuser; for `*.db.test.ts`. */
    postgresUrl: string
    /** The server the checkpoints are on. */
    postgresAddress: ServerAddress
    /** JSON file that holds the `ScenarioRun` under test. */
    scenarioRunFile: string
  }
}
