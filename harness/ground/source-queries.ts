/**
 * SQL for tables that hold rows, themselves or in partitions. Namespaces of extensions and of the system are left
 * out.
 */
const OURS = `
  n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                   WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`

const NAMES = (columns: string, relation: string) => `
  ARRAY(SELECT a.attname::text FROM unnest(${columns}) WITH ORDINALITY AS listed(attnum, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = ${relation} AND a.attnum = listed.attnum ORDER BY listed.place)`

export const TABLES = `
  SELECT c.oid::int8::text AS oid, n.nspname AS namespace, c.relname AS name, c.relkind = 'p' AS partitioned,
         CASE WHEN c.relkind = 'p' AND p.partdefid = 0 THEN ${NAMES('p.partattrs::int2[]', 'c.oid')}
              ELSE '{}' END AS "partitionedBy",
         coalesce((SELECT ${NAMES('i.indkey::int2[]', 'c.oid')} FROM pg_catalog.pg_index i
                    WHERE i.indrelid = c.oid AND i.indisprimary), '{}') AS "primaryKey",
         greatest(c.reltuples, 0)::int8::text AS "estimatedRows"
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = c.oid
   WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${OURS}
   ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`

/** SQL for columns. It follows domains to their base type; a length can stand at any level. */
export const COLUMNS = `
  WITH RECURSIVE under(oid, type, modifier) AS (
    SELECT t.oid, t.oid, -1 FROM pg_catalog.pg_type t
    UNION ALL
    SELECT u.oid, CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END,
           CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE u.modifier END
      FROM under u JOIN pg_catalog.pg_type t ON t.oid = u.type
     WHERE t.typtype = 'd' OR (t.typelem <> 0 AND t.typsubscript = 'pg_catalog.array_subscript_handler'::regproc)
  ), base AS (
    SELECT u.oid, t.typname, n.nspname, t.typtype, u.modifier,
           EXISTS (SELECT FROM under v JOIN pg_catalog.pg_type w ON w.oid = v.type
                    WHERE v.oid = u.oid AND w.typsubscript = 'pg_catalog.array_subscript_handler'::regproc AND w.typelem <> 0) AS array
      FROM under u JOIN pg_catalog.pg_type t ON t.oid = u.type JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typtype <> 'd' AND NOT (t.typelem <> 0 AND t.typsubscript = 'pg_catalog.array_subscript_handler'::regproc)
  )
  SELECT c.oid::int8::text AS oid, a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
         CASE WHEN b.nspname = 'pg_catalog' OR b.typname = 'citext' THEN b.typname::text END AS base,
         b.array AS "isArray",
         CASE WHEN b.typname IN ('varchar', 'bpchar') AND greatest(a.atttypmod, b.modifier) > 4
              THEN greatest(a.atttypmod, b.modifier) - 4 END AS "maxLength",
         a.attnotnull AS "notNull", a.attgenerated <> '' AS generated
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN base b ON b.oid = a.atttypid
   WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${OURS}
   ORDER BY c.oid, a.attnum`

/**
 * SQL for unique keys, with the columns of key, expressions and predicate: pg_depend has a row for each that the
 * index reads.
 */
export const UNIQUES = `
  SELECT i.indrelid::int8::text AS oid, x.relname AS name,
         ARRAY(SELECT DISTINCT a.attname::text FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = i.indrelid AND a.attnum > 0
                  AND (a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                       OR (i.indexprs IS NOT NULL AND EXISTS (
                            SELECT FROM pg_catalog.pg_depend d
                             WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
                               AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indrelid
                               AND d.refobjsubid = a.attnum)))
                ORDER BY 1) AS columns
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
   WHERE i.indisunique
   ORDER BY x.relname COLLATE "C"`

export const FOREIGN_KEYS = `
  SELECT k.conrelid::int8::text AS oid, k.conname AS name, ${NAMES('k.conkey', 'k.conrelid')} AS columns,
         n.nspname AS "refersNamespace", c.relname AS "refersName", ${NAMES('k.confkey', 'k.confrelid')} AS "refersColumns"
    FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_class c ON c.oid = k.confrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE k.contype = 'f' AND k.conparentid = 0
   ORDER BY k.conname COLLATE "C"`

export const CHECKS = `
  SELECT k.conrelid::int8::text AS oid, k.conname AS name, ${NAMES('k.conkey', 'k.conrelid')} AS columns
    FROM pg_catalog.pg_constraint k
   WHERE k.contype = 'c' AND k.conrelid <> 0
   ORDER BY k.conname COLLATE "C"`
