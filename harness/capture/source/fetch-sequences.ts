import type pg from 'pg'
import { quoteName, quoteTable, quoteText } from '../../ground/quote.ts'
import type { SequencePosition } from '../../model/snapshot.ts'

interface FedColumn {
  readonly namespace: string
  readonly name: string
  readonly column: string
}

interface SequenceRow {
  readonly namespace: string
  readonly name: string
  readonly increment: string
  readonly columns: readonly FedColumn[]
}

interface Standing {
  readonly at: string
  readonly last: string
  readonly called: boolean
  readonly behind: boolean
}

/**
 * Reads where each sequence stands, and whether it is behind a column that takes its values. One that the role may not read is left
 * out.
 * @param isMasked whether a column's values are replaced; then the number is not kept
 */
export async function fetchSequencePositions(
  client: pg.ClientBase,
  isMasked: (column: FedColumn) => boolean,
): Promise<readonly SequencePosition[]> {
  const { rows: sequences } = await client.query<SequenceRow>(SEQUENCES)
  if (sequences.length === 0) return []
  // Of an identity or serial column max() is one step into the index of its key.
  const selects = sequences.map((sequence, at) => `SELECT '${at}' AS at, ${toStanding(sequence)}`)
  const { rows } = await client.query<Standing>(selects.join('\nUNION ALL\n'))
  const standings = new Map(rows.map((row) => [row.at, row]))
  return sequences.flatMap(({ namespace, name, columns }, at) => {
    const standing = standings.get(String(at))
    if (!standing) return []
    const { last, called: isCalled, behind } = standing
    const lastValue = columns.some(isMasked) ? null : last
    return [{ namespace, name, lastValue, isCalled, behind }]
  })
}

function toStanding({ namespace, name, increment, columns }: SequenceRow): string {
  const [edge, past] = increment.startsWith('-') ? ['min', '<='] : ['max', '>=']
  const next = `(s.last_value::numeric + CASE WHEN s.is_called THEN ${quoteText(increment)}::numeric ELSE 0 END)`
  const behind = columns.map(
    (fed) =>
      `coalesce((SELECT ${edge}(${quoteName(fed.column)})::numeric ${past} ${next} FROM ${quoteTable(fed)}), false)`,
  )
  return `s.last_value::text AS last, s.is_called AS called, ${behind.join(' OR ') || 'false'} AS behind FROM ${quoteTable({ namespace, name })} AS s`
}

/** Sequences with the whole-number columns that own them or whose defaults read them. */
const SEQUENCES = `
  SELECT n.nspname AS namespace, c.relname AS name, s.seqincrement::text AS increment,
         coalesce((SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
                            'namespace', tn.nspname, 'name', t.relname, 'column', a.attname) ORDER BY tn.nspname, t.relname, a.attname)
                     FROM (SELECT d.refobjid AS relation, d.refobjsubid AS attnum FROM pg_catalog.pg_depend d
                            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
                              AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
                            UNION
                           SELECT e.adrelid, e.adnum FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attrdef e ON e.oid = d.objid
                            WHERE d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.refobjid = c.oid
                              AND d.refclassid = 'pg_catalog.pg_class'::regclass) f
                     JOIN pg_catalog.pg_class t ON t.oid = f.relation
                     JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.attnum
                    WHERE a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)), '[]') AS columns
    FROM pg_catalog.pg_sequence s
    JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
     AND CASE WHEN c.relkind = 'S' THEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT') END
     AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                      WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
   ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`
