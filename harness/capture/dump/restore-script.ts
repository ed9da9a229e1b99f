import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { quoteText } from '../../ground/quote.ts'
import { toLackError, toServerLack } from '../../ground/server-lack.ts'
import { StatementSplitter } from '../../ground/split-statements.ts'
import { listRoles } from '../../ground/sql/list-roles.ts'
import { captureFailed, toCaptureError } from '../capture-failed.ts'
import { readLines } from './read-lines.ts'

/** Statements that a snapshot has no use for: databases, accounts, replication. */
const LEFT_OUT =
  /^\s*((GRANT|REVOKE)\s[^;]*\sON (DATABASE|PARAMETER)\s|(ALTER|GRANT|REVOKE)\s[^;]*\sLARGE OBJECT\s|SET SESSION AUTHORIZATION|(CREATE|DROP|ALTER|COMMENT ON) (DATABASE|ROLE|USER MAPPING|PUBLICATION|SUBSCRIPTION|EVENT TRIGGER)\s|COMMENT ON EXTENSION\s|SECURITY LABEL\s|SET (transaction_timeout|default_tablespace)\b)/i
const COPY = /^COPY .* FROM stdin;$/i

/** What gives owners and rights; an object of an extension may be missing here, and then its rights say nothing. */
const RIGHTS = /^\s*(ALTER\s[^;]*\sOWNER TO\s|GRANT\s|REVOKE\s|ALTER DEFAULT PRIVILEGES\s)/i
/** SQLSTATEs of objects that are not there: 42883, 42P01, 42704, 42703, 3F000. */
const ABSENT = /^(42883|42P01|42704|42703|3F000)$/

/** What was restored. */
export interface Restored {
  readonly rows: number
  /** The dump's line `Dumped from database version`, when it has one. */
  readonly version: string | null
}

/**
 * Runs a plain dump in an empty database as psql would: statements one by one, rows streamed.
 * @param name the dump as messages may name it
 * @param makeRoles for roles that it names
 * @throws capture-failed naming the line, without what Postgres said about rows
 */
export async function restoreScript(
  script: AsyncIterable<Buffer>,
  client: pg.Client,
  name: string,
  makeRoles: (names: readonly string[]) => Promise<void>,
): Promise<Restored> {
  const runner = new ScriptRunner(client, name, makeRoles)
  for await (const lines of readLines(script)) await runner.run(lines)
  return runner.end()
}

class ScriptRunner {
  private readonly client: pg.Client
  private readonly name: string
  private readonly makeRoles: (names: readonly string[]) => Promise<void>
  private readonly roles = new Set<string>()
  private readonly splitter = new StatementSplitter()
  private line = 0
  private copy: CopyInto | null = null
  private rows = 0
  private version: string | null = null
  /** What the dump's bytes are, as its `SET client_encoding` says. */
  private encoding = 'UTF8'

  constructor(client: pg.Client, name: string, makeRoles: (names: readonly string[]) => Promise<void>) {
    this.client = client
    this.name = name
    this.makeRoles = makeRoles
  }

  async run(lines: readonly Buffer[]): Promise<void> {
    let at = 0
    while (at < lines.length) {
      if (this.copy) {
        const end = lines.findIndex(
          (line, index) => index >= at && line.length === 2 && line.equals(END_OF_DATA),
        )
        const rows = lines.slice(at, end === -1 ? undefined : end)
        await this.failing(() => this.copy?.write(rows))
        this.rows += rows.length
        at += rows.length
        this.line += rows.length
        if (end === -1) continue
        await this.failing(() => this.copy?.end())
        this.copy = null
      } else await this.sql(await this.toText(lines[at] as Buffer))
      at += 1
      this.line += 1
    }
  }

  end(): Restored {
    if (this.copy || !this.splitter.isBetween) {
      throw captureFailed(this.name, 'it ends in the middle of a statement', 'Take a dump that was finished.')
    }
    return { rows: this.rows, version: this.version }
  }

  /** Postgres major that wrote the dump, as far as it is told. */
  private get major(): number {
    return Number.parseInt(this.version ?? '17', 10)
  }

  private async sql(line: string): Promise<void> {
    if (this.splitter.isBetween) {
      this.version ??= line.match(/^-- Dumped from database version (\S+)/)?.[1] ?? null
      if (COPY.test(line)) {
        // Postgres itself converts the rows, whatever their encoding is.
        const option = this.isUnicode ? '' : ` WITH (ENCODING ${quoteText(this.encoding)})`
        this.copy = new CopyInto(this.client, `${line.slice(0, -1)}${option}`)
        return
      }
      if (line.startsWith('\\')) return this.command(line)
    }
    for (const statement of this.splitter.add(line)) {
      const encoding = ENCODING.exec(statement)?.[1]
      // The driver speaks UTF-8 in every session, so the setting is followed here and never sent.
      if (encoding !== undefined) this.encoding = encoding.toUpperCase().replace(/^UTF-8$|^UNICODE$/, 'UTF8')
      else if (!LEFT_OUT.test(statement)) await this.failing(() => this.send(statement))
    }
  }

  private async send(statement: string): Promise<void> {
    const isRight = RIGHTS.test(statement)
    if (isRight || /^\s*CREATE POLICY\s/i.test(statement)) {
      const found = (await listRoles(statement)).named.filter(
        (name) => !this.roles.has(name) && name !== this.client.user,
      )
      if (found.length > 0) await this.makeRoles(found)
      for (const name of found) this.roles.add(name)
    }
    await this.client.query(statement).catch((error: unknown) => {
      if (!isRight || !(error instanceof pg.DatabaseError && ABSENT.test(error.code ?? ''))) throw error
    })
  }

  private get isUnicode(): boolean {
    return this.encoding === 'UTF8' || this.encoding === 'SQL_ASCII'
  }

  /** A line of SQL in its own characters; Postgres knows more encodings than Node, and to the last byte. */
  private async toText(line: Buffer): Promise<string> {
    const bytes = this.line === 0 && line.subarray(0, 3).equals(UTF8_MARK) ? line.subarray(3) : line
    if (bytes.every((byte) => byte < 0x80)) return bytes.toString('latin1')
    if (this.isUnicode) return this.toUnicode(bytes)
    try {
      const { rows } = await this.client.query<{ text: string }>(
        'SELECT pg_catalog.convert_from($1::bytea, $2::name) AS text',
        [bytes, this.encoding],
      )
      return rows[0]?.text ?? ''
    } catch {
      throw captureFailed(
        this.name,
        `line ${this.line + 1} holds bytes that are no ${this.encoding}, which the dump says it is`,
        'Dump it again in UTF-8: pg_dump --encoding=UTF8.',
      )
    }
  }

  private toUnicode(bytes: Buffer): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      throw captureFailed(
        this.name,
        this.encoding === 'UTF8'
          ? `line ${this.line + 1} holds bytes that are no UTF-8, and the dump names no other encoding before it`
          : `its database has no encoding (SQL_ASCII), and line ${this.line + 1} holds bytes that are no UTF-8`,
        this.encoding === 'UTF8'
          ? 'Dump it again, by one pg_dump in one piece: pg_dump --encoding=UTF8.'
          : "Say what the bytes are: in the dump's line SET client_encoding = 'SQL_ASCII', put the encoding that the applications write, for example 'LATIN1'.",
      )
    }
  }

  /** Handles one line that is a command of psql. */
  private command(line: string): void {
    if (/^\\(un)?restrict\b/.test(line)) return
    throw captureFailed(
      this.name,
      `line ${this.line + 1} holds a command of psql that is not known here`,
      'Dump one database, without --create: pg_dump --format=plain.',
    )
  }

  private async failing(work: () => Promise<unknown> | undefined): Promise<void> {
    try {
      await work()
    } catch (error) {
      const lack =
        error instanceof pg.DatabaseError && toServerLack({ sqlstate: error.code, message: error.message })
      if (lack) throw toLackError(lack, `Restoring ${this.name}, line ${this.line + 1}`, this.major)
      throw toCaptureError(error, this.name, `line ${this.line + 1}`)
    }
  }
}

const ENCODING = /^\s*SET (?:SESSION )?client_encoding\s*(?:=|TO)\s*'?([\w-]+)'?\s*;?\s*$/i
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf])
const END_OF_DATA = Buffer.from('\\.')
const LINE_END = Buffer.from('\n')

/** One running COPY. It waits whenever Postgres takes rows more slowly than they come. */
class CopyInto {
  private readonly stream: ReturnType<typeof copyFrom>
  private failure: Error | null = null

  constructor(client: pg.Client, statement: string) {
    this.stream = client.query(copyFrom(statement))
    this.stream.on('error', (error) => {
      this.failure = error
    })
  }

  async write(rows: readonly Buffer[]): Promise<void> {
    if (this.failure) throw this.failure
    if (rows.length === 0) return
    const goesOn = this.stream.write(Buffer.concat(rows.flatMap((row) => [row, LINE_END])))
    if (!goesOn) await once(this.stream, 'drain')
    if (this.failure) throw this.failure
  }

  async end(): Promise<void> {
    if (this.failure) throw this.failure
    const finished = once(this.stream, 'finish')
    this.stream.end()
    await finished
  }
}
