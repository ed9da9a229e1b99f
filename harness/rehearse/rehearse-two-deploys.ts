import { setTimeout } from 'node:timers/promises'
import { withClient } from '../ground/with-client.ts'
import type { Deployed, RehearsedDatabase } from '../model/ports.ts'
import type { TwoDeploysRehearsal } from '../model/rehearsal.ts'
import { deploySecond } from './deploy-second.ts'

/** Time until a second deploy that neither waits nor ends is left to itself, in ms. */
const MEETING_LIMIT_MS = 20_000

/** Time in which sessions that were ended are gone, in ms. */
const FAREWELL_MS = 2_000

/** How two deploys are to meet. */
interface Meeting {
  /** Migration before which the second deploy begins; null: the phase applies none, and nothing meets. */
  readonly before: string | null
  /** Does it wait for all other sessions? Then it meets one that has waited so long that Postgres looks for deadlocks no more. */
  readonly waitsForOthers: boolean
}

/**
 * Begins a second deploy of a phase on a clone of the state before it while the first one is about to run a migration, and lets both end.
 * @throws postgres-lost, engine-failed
 */
export async function rehearseTwoDeploys(
  database: RehearsedDatabase,
  { before, waitsForOthers }: Meeting,
): Promise<TwoDeploysRehearsal> {
  const { connectionString } = database
  let second: Promise<Deployed> | null = null
  let hasWaited = false
  const first = await database.deploy({
    beforeEach: async (name) => {
      if (name !== before || second !== null) return
      second = deploySecond(database, { mayMeet: true })
      hasWaited = await seeWaiting(connectionString, second, waitsForOthers)
    },
  })
  const { failure = null } = (await (second as Promise<Deployed> | null)) ?? {}
  return {
    first,
    second: failure,
    met: failure?.isBusy ? 'gave-up' : hasWaited ? 'waited' : 'passed-by',
    differences: await database.compareWith('after'),
    leftovers: await fetchLeftovers(connectionString),
  }
}

/** Waits until another session waits for a lock, or the deploy has ended; true if it waits. */
async function seeWaiting(
  connectionString: string,
  deploy: Promise<unknown>,
  isPatient: boolean,
): Promise<boolean> {
  let hasEnded = false
  const end = () => {
    hasEnded = true
  }
  void deploy.then(end, end)
  return withClient(connectionString, async (client) => {
    const from = performance.now()
    while (!hasEnded && performance.now() - from < MEETING_LIMIT_MS) {
      const { rowCount } = await client.query(WAITING)
      if (rowCount !== 0) {
        if (isPatient) await client.query(OUTWAIT)
        return true
      }
      await setTimeout(10)
    }
    return false
  })
}

async function fetchLeftovers(connectionString: string): Promise<readonly string[]> {
  return withClient(connectionString, async (client) => {
    const from = performance.now()
    for (;;) {
      const { rows } = await client.query<{ says: string }>(LEFTOVERS)
      if (rows.length === 0 || performance.now() - from > FAREWELL_MS) return rows.map(({ says }) => says)
      await setTimeout(20)
    }
  })
}

const OTHERS = `FROM pg_catalog.pg_stat_activity WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
    AND backend_type = 'client backend'`

const OUTWAIT = `SELECT pg_catalog.pg_sleep_for(pg_catalog.current_setting('deadlock_timeout')::interval + interval '0.3 s')`

const WAITING = `SELECT ${OTHERS} AND wait_event_type = 'Lock' LIMIT 1`

const LEFTOVERS = `SELECT 'a session stays open, ' || coalesce(state, 'of another role') AS says ${OTHERS}
  UNION ALL
  SELECT 'an advisory lock stays' FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d ON d.oid = l.database
   WHERE l.locktype = 'advisory' AND d.datname = pg_catalog.current_database()`
