import {
  type HeldLock,
  LOCK_MODES,
  type LockMode,
  type PredictedCost,
  type StatementCost,
  type TableRewrite,
} from '../../model/cost.ts'
import type { Look } from './look.ts'
import type { Told } from './messages.ts'
import type { Relations } from './relations.ts'

/** What of a statement's cost is known before it runs. */
export type StatementPlace = Pick<
  StatementCost,
  'migration' | 'file' | 'line' | 'statement' | 'transaction' | 'predicted'
>

type Draft = Omit<StatementCost, 'locks'> & { readonly taken: readonly Pick<HeldLock, 'relation' | 'mode'>[] }

/** What the statements of one transaction cost. How long each lock was held is known when it ends. */
export class TransactionCost {
  private readonly relations: Relations
  private readonly files: Map<string, string>
  private readonly held = new Map<string, LockMode>()
  private readonly drafts: Draft[] = []
  private wal: number
  private tables: Look['tables'] = {}

  /** @param wal position before its first statement, in bytes */
  constructor(relations: Relations, wal: number) {
    this.relations = relations
    this.files = new Map([...relations].map(([oid, { file }]) => [oid, file]))
    this.wal = wal
  }

  /** Adds a statement that ran, with what the transaction holds now. */
  add(place: StatementPlace, durationMs: number, look: Look, { rewrites, tempBytes, said }: Told): void {
    const { wal, tables } = look
    const taken = this.take(look)
    const told = rewrites.flatMap(({ oid, reason }) => this.toRewrite(oid, reason))
    const scans: { relation: string; rows: number }[] = []
    let rows = 0
    for (const [oid, { read, changed }] of Object.entries(tables)) {
      const before = this.tables[oid] ?? { read: 0, changed: 0 }
      const relation = this.relations.get(oid)?.name
      rows += changed - before.changed
      if (relation !== undefined && read > before.read) scans.push({ relation, rows: read - before.read })
    }
    const found = this.findRewrites(look, told)
    const walBytes = wal - this.wal
    this.drafts.push({
      ...place,
      predicted: place.predicted && this.toVisible(place.predicted),
      durationMs,
      taken,
      rewrites: [...told, ...found],
      scans,
      said,
      rows,
      walBytes,
      tempBytes,
    })
    this.wal = wal
    this.tables = tables
  }

  /** The costs of its statements, once it has ended. */
  end(commitMs: number): readonly StatementCost[] {
    let heldMs = commitMs
    const costs: StatementCost[] = []
    for (const { taken, ...draft } of this.drafts.toReversed()) {
      heldMs += draft.durationMs
      costs.push({ ...draft, locks: taken.map((lock) => ({ ...lock, heldMs, seen: 'transaction' })) })
    }
    return costs.reverse()
  }

  /** Without tables that nobody else can see. */
  private toVisible({ locks, rewrites }: PredictedCost): PredictedCost {
    const names = new Set([...this.relations.values()].map(({ name }) => name))
    const keep = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
      Object.fromEntries(Object.entries(entries).filter(([name]) => names.has(name)))
    return { locks: keep(locks), rewrites: keep(rewrites) }
  }

  /** The strongest lock per table that is stronger than what the transaction held on it before. */
  private take({ locks }: Look) {
    const taken = new Map<string, LockMode>()
    for (const { oid, mode } of locks) {
      // What nobody else can see yet, nobody waits for.
      const relation = this.relations.get(oid)?.name
      if (relation === undefined || toStrength(mode) <= toStrength(this.held.get(relation))) continue
      this.held.set(relation, mode)
      taken.set(relation, mode)
    }
    return [...taken].map(([relation, mode]) => ({ relation, mode }))
  }

  private toRewrite(oid: string, reason: string): TableRewrite[] {
    const relation = this.relations.get(oid)
    return relation ? [{ relation: relation.name, reason, bytes: relation.bytes }] : []
  }

  /** CLUSTER, VACUUM FULL and what else no event trigger tells; a table that is empty afterwards was only emptied. */
  private findRewrites({ locks }: Look, told: readonly TableRewrite[]): TableRewrite[] {
    return locks.flatMap(({ oid, file, bytes }) => {
      const before = this.files.get(oid)
      if (bytes === null || before === undefined || file === null || before === file) return []
      this.files.set(oid, file)
      const relation = this.relations.get(oid)
      const isTold = told.some((rewrite) => rewrite.relation === relation?.name)
      return relation?.isTable && !isTold && bytes > 0 ? this.toRewrite(oid, 'a new file') : []
    })
  }
}

/** Reading a table is no lock that anybody waits for, so it counts as none. */
function toStrength(mode: LockMode = 'AccessShareLock'): number {
  return LOCK_MODES.indexOf(mode)
}
