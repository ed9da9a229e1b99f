import type pg from 'pg'
import { quoteName, quoteTable } from '../ground/quote.ts'
import type { SequencePosition } from '../model/snapshot.ts'

/** What is known of production's sequences. */
interface SequencePlaces {
  /** Of the manifest; undefined in a snapshot that holds none. */
  readonly positions: readonly SequencePosition[] | undefined
  /** Sequences that the SQL of the snapshot sets itself, `namespace.name`. */
  readonly set: ReadonlySet<string>
  /** True when rows were multiplied: the copies have numbers of their own. */
  readonly isScaled: boolean
}

/**
 * Puts every sequence where production's stood: also one that is behind its column. Only where that is not known, or the column's
 * values are not production's, it is moved past the column's highest value.
 */
export async function placeSequences(
  client: pg.Client,
  { positions = [], set, isScaled }: SequencePlaces,
): Promise<void> {
  const known = positions.filter(({ lastValue }) => lastValue !== null)
  if (known.length > 0) await client.query(SET_KNOWN, [JSON.stringify(known)])

  const places = new Map(positions.map((position) => [`${position.namespace}.${position.name}`, position]))
  const { rows } = await client.query<FeedingSequence>(FEEDING_SEQUENCES)
  for (const sequence of rows) {
    const place = places.get(sequence.sequence)
    const isStated = set.has(sequence.sequence) || typeof place?.lastValue === 'string'
    if (place?.behind === true) {
      if (!isStated) await moveOnto(client, sequence)
    } else if (!isStated || isScaled) await movePast(client, sequence)
  }
}

/** Moves a sequence past the rows, never back: a descending one below the lowest value. */
async function movePast(client: pg.Client, sequence: FeedingSequence): Promise<void> {
  const past = sequence.ascending ? '>=' : '<='
  const limit = sequence.ascending ? 'least' : 'greatest'
  await client.query(
    `SELECT setval($1::oid::regclass, ${limit}(edge, $2::bigint))
       FROM (${toEdge(sequence)}) AS owner, ${quoteTable(toOwn(sequence))} AS now
      WHERE edge ${past} $3::bigint AND edge ${past} now.last_value`,
    [sequence.oid, sequence.last, sequence.start],
  )
}

/** Lets a sequence that is behind collide with the rows that are there, as in production. */
async function moveOnto(client: pg.Client, sequence: FeedingSequence): Promise<void> {
  await client.query(
    `SELECT setval($1::oid::regclass, edge, false) FROM (${toEdge(sequence)}) AS owner WHERE edge IS NOT NULL`,
    [sequence.oid],
  )
}

function toEdge(sequence: FeedingSequence): string {
  const edge = sequence.ascending ? 'max' : 'min'
  return `SELECT ${edge}(${quoteName(sequence.column)})::bigint AS edge FROM ${quoteTable(sequence)}`
}

function toOwn({ ownNamespace, ownName }: FeedingSequence) {
  return { namespace: ownNamespace, name: ownName }
}

interface FeedingSequence {
  readonly oid: string
  /** `namespace.name` of the sequence. */
  readonly sequence: string
  readonly ownNamespace: string
  readonly ownName: string
  /** The table, and its column, that takes the values. */
  readonly namespace: string
  readonly name: string
  readonly column: string
  readonly ascending: boolean
  readonly start: string
  readonly last: string
}

const SET_KNOWN = `
  SELECT pg_catalog.setval(pg_catalog.format('%I.%I', namespace, name)::regclass, "lastValue"::bigint, "isCalled")
    FROM pg_catalog.json_to_recordset($1) AS position(namespace text, name text, "lastValue" text, "isCalled" boolean)`

/** Sequences of whole-number columns, by pg_depend: deptype a and i of a serial or identity column, else a column's default. */
const FEEDING_SEQUENCES = `
  SELECT DISTINCT ON (s.seqrelid, c.oid, a.attnum) s.seqrelid::text AS oid, sn.nspname || '.' || sc.relname AS sequence,
         sn.nspname AS "ownNamespace", sc.relname AS "ownName",
         n.nspname AS namespace, c.relname AS name, a.attname AS column,
         s.seqincrement > 0 AS ascending, s.seqstart::text AS start,
         (CASE WHEN s.seqincrement > 0 THEN s.seqmax ELSE s.seqmin END)::text AS last
    FROM pg_catalog.pg_sequence s
    JOIN pg_catalog.pg_class sc ON sc.oid = s.seqrelid
    JOIN pg_catalog.pg_namespace sn ON sn.oid = sc.relnamespace
    JOIN (SELECT objid AS sequence, refobjid AS relation, refobjsubid AS attnum FROM pg_catalog.pg_depend
           WHERE classid = 'pg_catalog.pg_class'::regclass AND refclassid = 'pg_catalog.pg_class'::regclass
             AND refobjsubid > 0 AND deptype IN ('a', 'i')
          UNION
          SELECT d.refobjid, e.adrelid, e.adnum FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attrdef e ON e.oid = d.objid
           WHERE d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
         ) fed ON fed.sequence = s.seqrelid
    JOIN pg_catalog.pg_class c ON c.oid = fed.relation
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = fed.attnum
   WHERE a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
   ORDER BY s.seqrelid, c.oid, a.attnum`

/** Names, `namespace.name`, of the sequences that an SQL text sets by setval('…'). */
export function listSetSequences(sql: string): ReadonlySet<string> {
  const names = [...sql.matchAll(/\bsetval\s*\(\s*'((?:[^']|'')+)'/gi)].map(([, name = '']) => {
    const parts = name.replaceAll("''", "'").match(/"(?:[^"]|"")+"|[^.]+/g) ?? []
    const bare = parts.map((part) => part.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"'))
    return bare.length === 1 ? `public.${bare[0]}` : bare.join('.')
  })
  return new Set(names)
}
