import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { quoteName, quoteTable } from '../../ground/quote.ts'
import { type Source, toTableKey } from '../../model/source.ts'
import type { SourceSessions } from './source-session.ts'

/** Reads raw columns of a source again, at the captured moment. */
export interface SourceReader {
  /** Yields COPY's text format in chunks that end anywhere, the rows in no order. */
  copyOut(
    table: { readonly namespace: string; readonly name: string },
    columns: readonly string[],
  ): AsyncIterable<Buffer>
}

/** A reader on one more session, which opens on first use. */
export function readSource(sessions: SourceSessions, source: Source): SourceReader {
  let session: Promise<pg.Client> | undefined
  return {
    async *copyOut(table, columns) {
      session ??= sessions.open()
      const client = await session
      const known = source.tables.find((one) => toTableKey(one) === toTableKey(table))
      const only = known?.partitioned ? '' : 'ONLY '
      const query = `SELECT ${columns.map(quoteName).join(', ')} FROM ${only}${quoteTable(table)}`
      for await (const chunk of client.query(copyTo(`COPY (${query}) TO STDOUT`))) yield chunk as Buffer
    },
  }
}
