import { type HashRow, NULL, type RowStream } from './row-stream.ts'

/** Hears what became of each row; equal rows are not told. */
interface MergeListener {
  lost(row: HashRow): void
  added(row: HashRow): void
  changed(was: HashRow, is: HashRow): void
}

/** Rows of one key that wait for a partner; beyond that they are told as lost or added. */
const MOST_WAITING = 10_000

/**
 * Walks through two streams that are sorted by the first `width` columns and pairs their rows: equal ones first, then those of one
 * key. It holds no more than the rows of one key.
 */
export async function mergeRows(
  before: RowStream,
  after: RowStream,
  width: number,
  listener: MergeListener,
): Promise<void> {
  let key: string | undefined
  let gone: HashRow[] = []
  let come: HashRow[] = []
  const settle = () => {
    for (const row of gone) listener.lost(row)
    for (const row of come) listener.added(row)
    gone = []
    come = []
  }
  for (;;) {
    const { current: was } = before
    const { current: is } = after
    if (was === null && is === null) break
    const order = was === null ? 1 : is === null ? -1 : compareRows(was, is, width)
    const row = order <= 0 ? was : is
    if (row?.[0] !== key) {
      settle()
      key = row?.[0]
    }
    if (order < 0 && was) {
      const partner = come.shift()
      if (partner) listener.changed(was, partner)
      else if (gone.length < MOST_WAITING) gone.push(was)
      else listener.lost(was)
    }
    if (order > 0 && is) {
      const partner = gone.shift()
      if (partner) listener.changed(partner, is)
      else if (come.length < MOST_WAITING) come.push(is)
      else listener.added(is)
    }
    const waits = [order <= 0 ? before.next() : undefined, order >= 0 ? after.next() : undefined]
    for (const wait of waits) if (wait) await wait
  }
  settle()
}

function compareRows(a: HashRow, b: HashRow, width: number): number {
  for (let at = 0; at < width; at++) {
    const [left, right] = [a[at] ?? NULL, b[at] ?? NULL]
    if (left === right) continue
    if (left === NULL) return 1
    if (right === NULL) return -1
    return BigInt(left) < BigInt(right) ? -1 : 1
  }
  return 0
}
