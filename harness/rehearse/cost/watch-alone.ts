import type pg from 'pg'
import type { HeldLock, LockMode } from '../../model/cost.ts'
import type { Relations } from './relations.ts'

const BETWEEN_LOOKS_MS = 1

/**
 * Runs a statement that stands outside of a transaction, and has another session look again and again at which tables it locks.
 * A lock that is held for less than a look is not seen.
 */
export async function watchAlone(
  observer: pg.Client,
  session: pg.Client,
  relations: Relations,
  run: () => Promise<number>,
): Promise<{ readonly locks: readonly HeldLock[]; readonly durationMs: number }> {
  const { processID } = session as unknown as { processID: number }
  const seen = new Map<string, { relation: string; mode: LockMode; from: number; to: number }>()
  let isDone = false
  const running = run().finally(() => {
    isDone = true
  })
  const watching = async () => {
    while (!isDone) {
      const { rows } = await observer.query<{ oid: string; mode: LockMode }>(LOCKS, [processID])
      const now = performance.now()
      for (const { oid, mode } of rows) {
        const relation = relations.get(oid)
        // An index that is dropped or built beside its table is locked when nobody uses it any more.
        if (!relation || relation.isIndex || mode === 'AccessShareLock') continue
        const key = `${relation.name} ${mode}`
        const from = seen.get(key)?.from ?? now
        seen.set(key, { relation: relation.name, mode, from, to: now + BETWEEN_LOOKS_MS })
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS))
    }
  }
  const [durationMs] = await Promise.all([running, watching()])
  const locks = [...seen.values()].map(({ from, to, ...lock }) => ({
    ...lock,
    heldMs: Math.min(to - from, durationMs),
    seen: 'outside' as const,
  }))
  return { locks, durationMs }
}

const LOCKS = `
  SELECT relation::text AS oid, mode FROM pg_catalog.pg_locks
   WHERE pid = $1 AND locktype = 'relation' AND relation::bigint >= 16384`
