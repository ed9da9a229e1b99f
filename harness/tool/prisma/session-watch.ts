import type pg from 'pg'
import { type ParsedStatement, parseStatements } from '../../ground/sql/list-statements.ts'
import type { Migration, SessionChange } from '../../model/history.ts'
import { HISTORY_TABLE } from './fetch-history.ts'
import { fetchNewSession, fetchTraits, type NewSession, type SessionTrait } from './fetch-session.ts'

/** A trait of the session with the file that left it, while the deploy goes on. */
interface Held {
  readonly trait: SessionTrait
  readonly by: Migration
  readonly ranUnder: string[]
}

const OPEN_TRANSACTION: SessionTrait = { name: 'transaction', left: 'an open transaction' }

/** Watches what the files of one deploy leave in the session that they share. */
export class SessionWatch {
  private readonly client: pg.Client
  private readonly fresh: NewSession
  private readonly held = new Map<string, Held>()
  private readonly ended: Held[] = []
  private transaction = 'I'
  private broken = false

  private constructor(client: pg.Client, fresh: NewSession) {
    this.client = client
    this.fresh = fresh
    const { connection } = client as unknown as { connection: NodeJS.EventEmitter }
    connection.on('readyForQuery', ({ status }: { status: string }) => {
      this.transaction = status
    })
  }

  /** Begins with a session that has run no file yet. */
  static async begin(client: pg.Client): Promise<SessionWatch> {
    return new SessionWatch(client, await fetchNewSession(client))
  }

  /** Notes which of the things that are left a file runs under, before it runs. */
  async before(migration: Migration): Promise<void> {
    if (this.held.size === 0) return
    const own = await listSetFirst(migration.sql)
    for (const { trait, ranUnder } of this.held.values()) {
      if (!own.has(trait.name.toLowerCase())) ranUnder.push(migration.name)
    }
  }

  /** Looks at the session after a file ran; costs one round trip. */
  async after(migration: Migration): Promise<void> {
    const traits = [
      ...(await fetchTraits(this.client, this.fresh)),
      ...(this.transaction === 'I' ? [] : [OPEN_TRANSACTION]),
    ]
    const now = new Map(traits.map((trait) => [trait.name, trait]))
    for (const [name, held] of this.held) {
      if (now.get(name)?.left === held.trait.left) continue
      this.held.delete(name)
      this.ended.push(held)
    }
    for (const [name, trait] of now) {
      if (!this.held.has(name)) this.held.set(name, { trait, by: migration, ranUnder: [] })
    }
  }

  /** Is a transaction open that nobody is left to commit? */
  get isOpen(): boolean {
    return this.held.has(OPEN_TRANSACTION.name)
  }

  /** Says that the tool could not write its history: what is left now is the reason, or else the last file itself. */
  blame(last: Migration): void {
    this.broken = true
    const isReason = [...this.held.values()].some(({ trait }) => meaningOf(trait) === 'changes')
    if (isReason) return
    const trait = { name: 'history', left: 'a history that the tool cannot write' }
    this.held.set(trait.name, { trait, by: last, ranUnder: [] })
  }

  /** What the files left, in the order in which they ran; `sqlstate` is that of the file that failed, or null. */
  async tell(sqlstate: string | null): Promise<readonly SessionChange[]> {
    const isTimeout = sqlstate === '57014' || sqlstate === '55P03'
    const all = [...this.ended, ...this.held.values()].filter(({ trait, ranUnder }) => {
      const meaning = meaningOf(trait)
      if (meaning === 'limits-time') return isTimeout && ranUnder.length > 0
      return meaning === 'changes' || ranUnder.length > 0
    })
    return Promise.all(
      all.map(async ({ trait, by, ranUnder }): Promise<SessionChange> => {
        const changesMeaning = meaningOf(trait) !== 'seldom'
        const { name: migration, file } = by
        const line = await findLine(by.sql, trait.name)
        const brokeDeploy =
          this.held.get(trait.name)?.by === by &&
          (trait === OPEN_TRANSACTION || (this.broken && changesMeaning))
        return { migration, file, line, left: trait.left, ranUnder, changesMeaning, brokeDeploy }
      }),
    )
  }
}

/** Source: `pg_dump` writes some of these at the head of every dump, from which many first migrations were made. */
const SELDOM = /^(check_function_bodies|row_security|xmloption|default_transaction_(isolation|deferrable))$/
const TIME = /_timeout$/

function meaningOf({ name }: SessionTrait): 'changes' | 'seldom' | 'limits-time' {
  if (TIME.test(name)) return 'limits-time'
  return SELDOM.test(name) ? 'seldom' : 'changes'
}

/** Settings that a file sets before it does anything else, in lower case. */
async function listSetFirst(sql: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const { node, text } of (await parseStatements(sql)) ?? []) {
    if ('TransactionStmt' in node) continue
    const name = 'VariableSetStmt' in node ? node.VariableSetStmt.name : toConfigured(text)
    if (name === undefined) break
    names.add(name.toLowerCase())
  }
  return names
}

/** The setting that `SELECT set_config('…', …)` sets. */
function toConfigured(statement: string): string | undefined {
  return /^select\s+(?:pg_catalog\.)?set_config\s*\(\s*'([^']+)'/i.exec(statement)?.[1]
}

/** Line of the last statement that can have left it; null when none is found. */
async function findLine(sql: string, name: string): Promise<number | null> {
  const statements = (await parseStatements(sql)) ?? []
  for (const isIt of toSigns(name)) {
    const found = statements.findLast(isIt)
    if (found) return found.line
  }
  return null
}

/** Signs of the statement to look for, the surest first. */
function toSigns(name: string): readonly ((statement: ParsedStatement) => boolean)[] {
  const says = (pattern: RegExp) => (statement: ParsedStatement) => pattern.test(statement.text)
  if (name === OPEN_TRANSACTION.name) return [says(/^(begin|start\s+transaction)\b/i)]
  if (name === 'history') {
    return [
      says(new RegExp(HISTORY_TABLE)),
      says(/\bdrop\s+(schema|owned)\b/i),
      says(/\b(alter\s+schema|revoke)\b/i),
    ]
  }
  const words = name.startsWith('temporary ') ? name.slice('temporary '.length) : name
  const literal = words.replaceAll(/[^\w]/g, '\\$&').replace('session_authorization', 'session.authorization')
  return [
    ({ node }) =>
      'VariableSetStmt' in node &&
      node.VariableSetStmt.is_local !== true &&
      node.VariableSetStmt.name?.toLowerCase() === name.toLowerCase(),
    says(new RegExp(`\\b${literal}\\b`, 'i')),
    says(/^(do|call|set\s+session\s+characteristics)\b/i),
    says(/^select\b/i),
  ]
}
