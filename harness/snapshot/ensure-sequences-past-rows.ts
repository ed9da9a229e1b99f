import type pg from 'pg'
import { quoteName, quoteTable } from '../ground/quote.ts'

/**
 * Moves every sequence owned by a whole-number column (serial or identity) past the column's highest value, so that
 * the next default does not collide. Sequences already past it stay. Source: pg_depend, deptype `a` and `i`.
 */
export async function ensureSequencesPastRows(client: pg.Client): Promise<void> {
  const { rows } = await client.query<OwnedSequence>(OWNED_SEQUENCES)
  for (const sequence of rows) {
    // A descending sequence moves below the lowest value.
    const edge = sequence.ascending ? 'max' : 'min'
    const past = sequence.ascending ? '>=' : '<='
    const limit = sequence.ascending ? 'least' : 'greatest'
    await client.query(
      `SELECT setval($1::oid::regclass, ${limit}(edge, $2::bigint))
         FROM (SELECT ${edge}(${quoteName(sequence.column)})::bigint AS edge FROM ${quoteTable(sequence)}) AS owner
        WHERE edge ${past} $3::bigint`,
      [sequence.oid, sequence.last, sequence.start],
    )
  }
}

interface OwnedSequence {
  readonly oid: string
  readonly namespace: string
  readonly name: string
  readonly column: string
  readonly ascending: boolean
  readonly start: string
  readonly last: string
}

const OWNED_SEQUENCES = `
  SELECT s.seqrelid::text AS oid, n.nspname AS namespace, c.relname AS name, a.attname AS column,
         s.seqincrement > 0 AS ascending, s.seqstart::text AS start,
         (CASE WHEN s.seqincrement > 0 THEN s.seqmax ELSE s.seqmin END)::text AS last
    FROM pg_catalog.pg_sequence s
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.seqrelid
                               AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0
                               AND d.deptype IN ('a', 'i')
    JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
   WHERE a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
   ORDER BY s.seqrelid`
