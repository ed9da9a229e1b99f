import type { ServerAddress } from '../model/ports.ts'
import type { RunOptions } from '../model/run-options.ts'

/** What a run hands to its set-ups and test workers, as values: nothing else tells them where they are or what to prove. */
export interface Assignment {
  /** The project's root, absolute: scenarios, migrations, snapshots and reports lie below it. */
  readonly root: string
  readonly options: RunOptions
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Set in a project that proves a scenario. */
    phaseproof: Assignment
    /** Connection string of a throw-away server's maintenance database, as superuser; for `*.db.test.ts`. */
    postgresUrl: string
    /** The server the checkpoints are on. */
    postgresAddress: ServerAddress
    /** The server is a container that must stay for a person. */
    keepServerRunning: boolean
    /** JSON file that holds the `ScenarioRun` under test. */
    scenarioRunFile: string
  }
}
