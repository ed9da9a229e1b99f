import pg from 'pg'
import type { ParsedStatement } from '../../ground/sql/list-statements.ts'
import type { StatementCost } from '../../model/cost.ts'
import { lookAt } from './look.ts'
import { type ServerMessage, toTold } from './messages.ts'
import { fetchRelations } from './relations.ts'
import { type StatementPlace, TransactionCost } from './transaction-cost.ts'
import { watchAlone } from './watch-alone.ts'

/** A statement with its place. */
export type MeasuredStatement = Pick<ParsedStatement, 'text' | 'tag'> & {
  readonly place: Omit<StatementPlace, 'transaction'>
}

/** Statements that take no lock; a look between them could be in their way, as SET TRANSACTION must come first. */
const UNSEEN = /^(TransactionStmt|VariableSetStmt|VariableShowStmt)$/

/** It cannot run inside a transaction, or ends transactions itself. */
const ALONE = /^(25001|2D000)$/

/** Runs statements on one session as a deploy does, and measures each. */
export class CostRun {
  readonly statements: StatementCost[] = []
  durationMs = 0
  mostSlots = 0

  private readonly session: pg.Client
  private readonly observer: pg.Client
  private readonly mayFlush: boolean
  private readonly messages: ServerMessage[] = []
  private status = 'I'
  private transactions = 0
  private open: { readonly cost: TransactionCost; readonly isOurs: boolean } | null = null

  private constructor(session: pg.Client, observer: pg.Client, mayFlush: boolean) {
    this.session = session
    this.observer = observer
    this.mayFlush = mayFlush
    session.on('notice', ({ severity = '', message = '' }) => this.messages.push({ severity, message }))
    const { connection } = session as unknown as { connection: NodeJS.EventEmitter }
    connection.on('readyForQuery', ({ status }: { status: string }) => {
      this.status = status
    })
  }

  /** @param observer a session of a superuser on the same database */
  static async begin(session: pg.Client, observer: pg.Client): Promise<CostRun> {
    // There since Postgres 15.
    const { rowCount } = await observer.query(
      "SELECT FROM pg_catalog.pg_proc WHERE proname = 'pg_stat_force_next_flush'",
    )
    return new CostRun(session, observer, rowCount !== 0)
  }

  /**
   * Runs what the tool sends at once: one transaction, but for what the statements say about transactions themselves.
   * @throws what the driver throws when a statement fails
   */
  async send(unit: readonly MeasuredStatement[]): Promise<void> {
    for (const statement of unit) await this.step(statement, unit.length === 1)
    if (this.open?.isOurs) await this.timed('COMMIT')
  }

  private async step(statement: MeasuredStatement, mayBeAlone: boolean): Promise<void> {
    if (this.open === null) await this.begin(statement)
    const { cost, isOurs } = this.open as NonNullable<typeof this.open>
    try {
      const durationMs = await this.timed(statement.text)
      if (this.open === null || UNSEEN.test(statement.tag)) return
      const look = await lookAt(this.session)
      this.mostSlots = Math.max(this.mostSlots, look.slots)
      const place = { ...statement.place, transaction: this.transactions }
      cost.add(place, durationMs, look, toTold(this.messages))
    } catch (error) {
      const isRefused = error instanceof pg.DatabaseError && ALONE.test(error.code ?? '')
      if (!(isRefused && mayBeAlone && isOurs)) throw error
      await this.session.query('ROLLBACK')
      this.open = null
      await this.runAlone(statement)
    }
  }

  private async begin({ tag, text }: MeasuredStatement): Promise<void> {
    // Else counts of an earlier transaction that are not handed over yet would be taken for this one's.
    if (this.mayFlush) await this.session.query('SELECT pg_catalog.pg_stat_force_next_flush()')
    const [relations, wal] = [await fetchRelations(this.observer), await this.fetchWal()]
    this.transactions++
    const isOurs = !(tag === 'TransactionStmt' && /^(begin|start)\b/i.test(text))
    if (isOurs) await this.session.query('BEGIN')
    this.open = { cost: new TransactionCost(relations, wal), isOurs }
  }

  /** Runs a text; where that ends the transaction, what it cost is known. */
  private async timed(text: string): Promise<number> {
    this.messages.length = 0
    const from = performance.now()
    await this.session.query(text)
    const durationMs = performance.now() - from
    this.durationMs += durationMs
    if (this.status === 'I' && this.open) {
      this.statements.push(...this.open.cost.end(durationMs))
      this.open = null
    }
    return durationMs
  }

  private async runAlone({ place, text }: MeasuredStatement): Promise<void> {
    const before = await fetchRelations(this.observer)
    const wal = await this.fetchWal()
    const { locks, durationMs } = await watchAlone(this.observer, this.session, before, () =>
      this.timed(text),
    )
    const { tempBytes, said } = toTold(this.messages)
    const after = await fetchRelations(this.observer)
    const rewrites = [...before].flatMap(([oid, { isTable, name: relation, file, bytes }]) => {
      const now = after.get(oid)
      const isNew = isTable && now !== undefined && now.file !== file && now.bytes > 0
      return isNew ? [{ relation, reason: 'a new file', bytes }] : []
    })
    const told = Object.entries(place.predicted?.locks ?? {})
      .filter(([relation]) => [...before.values()].some(({ name }) => name === relation))
      .filter(([relation]) => !locks.some((lock) => lock.relation === relation))
      .map(([relation, mode]) => ({ relation, mode, heldMs: durationMs, seen: 'text' as const }))
    const walBytes = (await this.fetchWal()) - wal
    this.statements.push({
      ...place,
      transaction: this.transactions,
      durationMs,
      locks: [...locks, ...told],
      rewrites,
      scans: [],
      said,
      rows: null,
      walBytes,
      tempBytes,
    })
  }

  private async fetchWal(): Promise<number> {
    const { rows } = await this.observer.query<{ wal: string }>(
      `SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::text AS wal`,
    )
    return Number(rows[0]?.wal)
  }
}
