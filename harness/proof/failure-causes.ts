import type { MigrationFailure } from '../model/history.ts'

/** Why Postgres most likely refused a migration, and what to do about it. */
export interface FailureCause {
  readonly cause: string
  readonly next: string
}

/** A kind of refusal: all failures of a SQLSTATE, narrowed by what Postgres says and by the statement. */
interface CauseRow extends FailureCause {
  /** The case that provokes it on a real Postgres is found by this name. */
  readonly name: string
  readonly sqlstate: string | readonly string[]
  /** What the message must say; left out: anything. */
  readonly says?: RegExp
  /** What the statement must hold; left out: anything. A failure without a statement never matches. */
  readonly statement?: RegExp
  /** A further condition on the whole failure. */
  readonly when?: (failure: MigrationFailure) => boolean
}

/** Characters that look like a space or like nothing, and quotes of a word processor. */
const INVISIBLE = /[\u00A0\u00AD\u200B-\u200F\u2028\u2029\u2060\uFEFF]/
const TYPOGRAPHIC = /[\u2018\u2019\u201C\u201D\u2013\u2014]/

/** How Postgres answers when a character that it takes for part of a name stands in the way. */
const MISREAD = ['42601', '42703', '42P01', '42704', '42883', '0A000']

/** A statement without its texts, quoted names and comments. */
function withoutTexts(statement: string | null): string {
  return (statement ?? '').replaceAll(/"[^"]*"|'[^']*'|\/\*.*?\*\//gs, ' ')
}

/** Bytes of a name that Postgres keeps. */
export const NAME_BYTES = 63

/** The name as Postgres keeps it: at most 63 bytes, cut between characters. */
export function toKeptName(name: string): string {
  let kept = ''
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > NAME_BYTES) break
    kept += character
  }
  return kept
}

/** Does the statement hold a longer name that Postgres cuts to the one in its message? */
function namesCut({ message, statement }: MigrationFailure): boolean {
  const names = [...message.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name)
  const words = (statement ?? '').split(/[^\p{L}\p{N}_$]+/u)
  return names.some((name) => words.some((word) => word !== name && toKeptName(word) === name))
}

/** Does the statement write the missing name with capitals and without quotes, so that Postgres looks for small letters? */
function isFolded({ message, statement }: MigrationFailure): boolean {
  const named = /"([^"]+)"|column ([^\s"]+) does/.exec(message)
  const missing = (named?.[1] ?? named?.[2] ?? '').split('.').at(-1) ?? ''
  const words = withoutTexts(statement).match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []
  return words.some((word) => word !== missing && word.toLowerCase() === missing)
}

/**
 * What people most often did when Postgres answers so. The first row that fits a failure explains it, so the narrower row stands
 * first. Each row is provoked on a real Postgres in failure-causes.db.test.ts.
 */
export const failureCauses: readonly CauseRow[] = [
  // Files that are no SQL for Postgres: 42601.
  {
    name: 'byte order mark',
    sqlstate: '42601',
    says: /"\uFEFF/,
    cause:
      'An invisible byte order mark (U+FEFF) stands there, which an editor or a shell wrote; Postgres takes it for a name.',
    next: 'Save the file as UTF-8 without BOM; in joined files it may stand in the middle.',
  },
  {
    name: 'invisible character',
    sqlstate: MISREAD,
    when: ({ message, statement }) => INVISIBLE.test(message) || INVISIBLE.test(withoutTexts(statement)),
    cause:
      'An invisible character, such as a no-break space, stands there; Postgres takes it for part of a name.',
    next: 'Type the spaces of that line anew: the text was most likely copied from a web page or a chat.',
  },
  {
    name: 'typographic quotes',
    sqlstate: MISREAD,
    when: ({ statement }) => TYPOGRAPHIC.test(withoutTexts(statement)),
    cause: 'Quotes or dashes of a word processor stand there, which mean nothing in SQL.',
    next: 'Write straight quotes and hyphens: \' for texts, " for names, -- for comments.',
  },
  {
    name: 'psql command',
    sqlstate: '42601',
    says: /near "\\/,
    cause:
      'The line begins with a backslash: it is a command to psql, such as \\restrict or \\connect, and no SQL. pg_dump writes such lines.',
    next: 'Remove the lines that begin with a backslash; a dump made with pg_dump --inserts needs no other change.',
  },
  {
    name: 'merge conflict',
    sqlstate: '42601',
    says: /near "(<<|>>|==)/,
    cause: 'A marker of a merge conflict was left in the file.',
    next: 'Decide for one side of the conflict and remove the markers.',
  },
  {
    name: 'backtick',
    sqlstate: '42601',
    says: /near "`/,
    cause: 'A name stands between backticks, as MySQL writes it.',
    next: 'Quote names with ": the file was most likely made for another database, so read all of it.',
  },
  {
    name: 'bracket',
    sqlstate: '42601',
    says: /near "\["/,
    cause: 'A name stands between square brackets, as SQL Server writes it.',
    next: 'Quote names with ": the file was most likely made for another database, so read all of it.',
  },
  {
    name: 'another dialect',
    sqlstate: '42601',
    says: /near "(AUTO_INCREMENT|AUTOINCREMENT|ENGINE|UNSIGNED|IDENTITY|GO|MODIFY|CHANGE|#)"?/i,
    cause: 'That word belongs to another database (MySQL, SQLite, SQL Server).',
    next: 'Make the migration anew for PostgreSQL: look at the provider of the schema.',
  },
  {
    name: 'IF NOT EXISTS of a constraint',
    sqlstate: '42601',
    says: /near "NOT"/i,
    statement: /ADD\s+CONSTRAINT\s+IF\s+NOT\s+EXISTS/i,
    cause: 'Postgres has no ADD CONSTRAINT IF NOT EXISTS.',
    next: 'Write DROP CONSTRAINT IF EXISTS before it, or look into pg_constraint in a DO block.',
  },
  {
    name: 'unfinished quote',
    sqlstate: '42601',
    says: /^unterminated/,
    cause: 'A quote that opens there is never closed, so all that follows counts as text.',
    next: "Close it; a quote inside a text is written twice ('it''s'), and $$ … $$ need the same tag at both ends.",
  },
  {
    name: 'unfinished statement',
    sqlstate: '42601',
    says: /at end of input/,
    cause: 'The file ends in the middle of a statement: a parenthesis is open, or the rest was cut off.',
    next: 'Complete the last statement.',
  },
  {
    name: 'missing comma or semicolon',
    sqlstate: '42601',
    cause:
      'Postgres cannot read the file there; most often a comma or semicolon before that place is missing or too many.',
    next: 'Look at the named line and at the end of the line before it, then run again.',
  },

  // What the statement names is not there, or is there already.
  {
    name: 'table, letter case',
    sqlstate: '42P01',
    when: isFolded,
    cause: 'The name has capitals and no quotes, so Postgres looks for it in small letters.',
    next: 'Put the name between double quotes, as the table was created.',
  },
  {
    name: 'FROM clause',
    sqlstate: '42P01',
    says: /FROM-clause/,
    cause:
      'The statement uses a table or alias that its FROM does not name; behind an alias the table goes by the alias only.',
    next: 'Name the table in FROM, or use its alias everywhere.',
  },
  {
    name: 'table',
    sqlstate: '42P01',
    cause:
      'Nothing of this name is there on production: it was never created, was renamed or dropped, lies in another namespace, or a later migration creates it.',
    next: "Compare the name with the snapshot's schema; if a migration creates it, that one must come first, else this file was written against another database.",
  },
  {
    name: 'column, letter case',
    sqlstate: '42703',
    when: isFolded,
    cause: 'The column has capitals and no quotes, so Postgres looks for it in small letters.',
    next: 'Put the name between double quotes, as the column was created.',
  },
  {
    name: 'text in double quotes',
    sqlstate: '42703',
    statement: /(=|\bDEFAULT|,|\(|\bIN)\s*"/i,
    when: ({ message, statement }) => {
      const name = /^column "([^"]+)" does not exist/.exec(message)?.[1]
      return (
        name !== undefined &&
        new RegExp(`(=|DEFAULT|IN \\()\\s*"${name.replaceAll(/\W/g, '.')}"`, 'i').test(statement ?? '')
      )
    },
    cause:
      'Double quotes stand around it, so Postgres reads a column name; a text stands between single quotes.',
    next: "Write the text as 'text'.",
  },
  {
    name: 'column',
    sqlstate: '42703',
    cause:
      'Production has no such column: it has another name there, was dropped, or a later migration adds it.',
    next: 'Compare the name with the table on the snapshot; if a migration adds it, that one must come first.',
  },
  {
    name: 'system column',
    sqlstate: '42701',
    says: /conflicts with a system column/,
    cause: 'Postgres keeps this name for a column of its own (xmin, ctid, tableoid …).',
    next: 'Take another name.',
  },
  {
    name: 'column, name cut',
    sqlstate: '42701',
    when: namesCut,
    cause: `Postgres cuts names at ${NAME_BYTES} bytes: two long names become one.`,
    next: 'Shorten the names so that they differ within 63 bytes.',
  },
  {
    name: 'column again',
    sqlstate: '42701',
    cause:
      'The table has the column already: by hand, by another migration, or because this file ran half before.',
    next: 'Compare type, default and nullability of the two; then drop the statement, or write ADD COLUMN IF NOT EXISTS and alter what differs.',
  },
  {
    name: 'relation, name cut',
    sqlstate: '42P07',
    when: namesCut,
    cause: `Postgres cuts names at ${NAME_BYTES} bytes: the long name becomes one that is taken.`,
    next: 'Shorten the name so that it differs within 63 bytes.',
  },
  {
    name: 'relation again',
    sqlstate: '42P07',
    cause:
      'Something of this name is there already: by hand, by another migration, or because this file ran half before. Tables, indexes, views and sequences share their names.',
    next: 'Compare the two; if production has all that this file does, record it there as applied and list it under `recorded`, else change what differs.',
  },
  {
    name: 'operator class',
    sqlstate: '42704',
    says: /operator class|access method/,
    cause:
      'The operator class or access method belongs to an extension that is not created here, such as pg_trgm for gin_trgm_ops.',
    next: 'CREATE EXTENSION before the index, in this migration or an earlier one.',
  },
  {
    name: 'role',
    sqlstate: '42704',
    says: /^role "/,
    cause:
      'The role is not on this server: roles belong to a server and not to a database, so no migration of this folder made it.',
    next: 'Let the snapshot carry the role, or create it where the statement needs it.',
  },
  {
    name: 'foreign type',
    sqlstate: '42704',
    says: /^type "(datetime|tinyint|mediumint|nvarchar|longtext|mediumtext|tinytext|blob|double|number|string|uniqueidentifier|bit1)"/i,
    cause: 'The type belongs to another database (MySQL, SQLite, SQL Server).',
    next: 'Take the type of PostgreSQL: timestamp, smallint, text, bytea, double precision, uuid.',
  },
  {
    name: 'type, letter case',
    sqlstate: '42704',
    when: isFolded,
    cause: 'The type has capitals and no quotes, so Postgres looks for it in small letters.',
    next: 'Put the name between double quotes, as the type was created.',
  },
  {
    name: 'object',
    sqlstate: '42704',
    cause:
      'Nothing of this name is there: production calls it otherwise (constraints and indexes are often named by hand there), it was dropped, or a later migration creates it.',
    next: 'Look up its name on the snapshot, or write IF EXISTS if it does not matter whether it was there.',
  },
  {
    name: 'object again',
    sqlstate: '42710',
    cause:
      'A type, constraint, policy, trigger, role or extension of this name is there already: by hand, by another migration, or because this file ran half before.',
    next: 'Compare the two; then drop the statement, or drop the old one first (DROP … IF EXISTS).',
  },
  {
    name: 'namespace',
    sqlstate: '3F000',
    says: /no schema has been selected/,
    cause:
      "The search_path names no namespace that is there, so Postgres does not know where to create it; a dump's set_config with search_path does that.",
    next: 'Write the namespace before the name, or remove the line that empties search_path.',
  },
  {
    name: 'namespace missing',
    sqlstate: '3F000',
    cause: 'The namespace (schema) is not there on production, or is spelt otherwise.',
    next: 'CREATE SCHEMA IF NOT EXISTS before it, or correct its name.',
  },
  {
    name: 'namespace again',
    sqlstate: '42P06',
    cause: 'The namespace (schema) is there already.',
    next: 'Write CREATE SCHEMA IF NOT EXISTS.',
  },
  {
    name: 'database missing',
    sqlstate: '3D000',
    cause:
      'The statement names a database by its name, and this server has none of it: here each database has a name of its own.',
    next: "Leave the database's name out: current_database() in a DO block works everywhere.",
  },
  {
    name: 'database again',
    sqlstate: '42P04',
    cause: 'A database of this name is there already; a migration works inside one and should make none.',
    next: 'Remove CREATE DATABASE from the migration.',
  },
  {
    name: 'function again',
    sqlstate: '42723',
    cause: 'A function with these arguments is there already.',
    next: 'Write CREATE OR REPLACE FUNCTION.',
  },

  // Rows of production that are in the way.
  {
    name: 'required column on rows',
    sqlstate: '23502',
    says: /contains null values/,
    cause:
      'Rows of production have no value there: a required column was added without a default, or NOT NULL was set before every row was filled.',
    next: 'Add the column nullable, fill every row, then SET NOT NULL; or add it with a DEFAULT.',
  },
  {
    name: 'null written',
    sqlstate: '23502',
    cause:
      'The statement writes a row without a value for a required column that has no default. Defaults such as @default(uuid()) or @updatedAt live in the client, not in the database.',
    next: 'Give the column a value in the statement.',
  },
  {
    name: 'orphans',
    sqlstate: '23503',
    statement: /FOREIGN\s+KEY|REFERENCES|VALIDATE/i,
    cause: 'Rows of production refer to rows that are not there (orphans), so the key cannot hold.',
    next: 'Before the constraint, decide what becomes of them: delete them, set them to NULL, or add what they refer to.',
  },
  {
    name: 'still referenced',
    sqlstate: '23503',
    says: /^update or delete on table/,
    cause: 'Other rows of production still refer to the rows that the statement removes or renumbers.',
    next: 'Move or remove those first, or give the key ON DELETE or ON UPDATE CASCADE where that is meant.',
  },
  {
    name: 'parent missing',
    sqlstate: '23503',
    cause: 'The statement writes rows that refer to rows that are not there.',
    next: 'Write what they refer to first, or leave those rows out. A deferred key is checked at the commit only.',
  },
  {
    name: 'catalog raced',
    sqlstate: '23505',
    says: /"pg_/,
    cause: 'Two sessions made an object of one name at the same moment.',
    next: 'Run again, and let one deploy run at a time.',
  },
  {
    name: 'duplicates',
    sqlstate: '23505',
    says: /^could not create unique index/,
    cause: 'Production holds rows that are equal in these columns, so they cannot become unique.',
    next: 'Before it, decide which of the equal rows stay and what becomes of those that refer to the others; a partial index may be what is meant.',
  },
  {
    name: 'key taken',
    sqlstate: '23505',
    cause:
      'The statement writes a key that a row of production has already: it ran before, or its sequence stands behind the rows.',
    next: 'Write ON CONFLICT if a second run is meant to change nothing; for a numbered key, setval the sequence past the highest number first.',
  },
  {
    name: 'check on rows',
    sqlstate: '23514',
    says: /is violated by some row/,
    cause: 'Rows of production break the new condition.',
    next: 'Mend the rows before it, or widen the condition; NOT VALID with a later VALIDATE CONSTRAINT holds new rows at once.',
  },
  {
    name: 'no partition',
    sqlstate: '23514',
    says: /no partition of relation/,
    cause: 'The statement writes a row that no partition takes.',
    next: 'Create the partition first, or a DEFAULT one.',
  },
  {
    name: 'check on a row written',
    sqlstate: '23514',
    cause: 'The statement writes a row that breaks a CHECK of its table or domain.',
    next: "Look at the constraint's condition, and write what it allows.",
  },
  {
    name: 'exclusion',
    sqlstate: '23P01',
    cause: 'Rows of production overlap where the exclusion constraint allows none.',
    next: 'Separate the overlapping rows before it.',
  },
  {
    name: 'row twice',
    sqlstate: '21000',
    says: /affect row a second time/,
    cause: 'The source of ON CONFLICT DO UPDATE or MERGE holds one key several times.',
    next: 'Select each key once (DISTINCT ON, GROUP BY).',
  },
  {
    name: 'several rows',
    sqlstate: '21000',
    cause: "A subquery that must give one row gives several on production's rows.",
    next: 'Narrow it until one row is left for certain, or aggregate (max, min).',
  },

  // Values of production that do not fit.
  {
    name: 'too long',
    sqlstate: '22001',
    cause: 'A value of production is longer than the column may hold.',
    next: 'Keep the wider type, or decide what becomes of the longer values before; a cast with USING cuts them in silence.',
  },
  {
    name: 'out of range',
    sqlstate: '22003',
    cause: 'A number of production does not fit into the narrower type.',
    next: 'Take a wider type (bigint, numeric with more digits), or mend the numbers first.',
  },
  {
    name: 'enum value of the statement',
    sqlstate: '22P02',
    says: /for enum/,
    // Without a conversion it is no row that holds the value.
    when: ({ statement }) => statement !== null && !/::|\bCAST\s*\(|\bTYPE\b/i.test(withoutTexts(statement)),
    cause: 'The statement writes a value that the enum does not have, or not yet.',
    next: 'Let the migration that adds the value (ALTER TYPE … ADD VALUE) come in an earlier file or phase, or mend the spelling.',
  },
  {
    name: 'enum value missing',
    sqlstate: '22P02',
    says: /for enum/,
    cause: 'A row or default of production holds a value that the enum no longer has, or has not yet.',
    next: 'Rewrite those rows and defaults before the type changes, or keep the value.',
  },
  {
    name: 'json',
    sqlstate: '22P02',
    says: /type json/,
    cause: 'A text of production is no JSON.',
    next: 'Convert in USING what is none (to_jsonb(column)), or mend those rows first.',
  },
  {
    name: 'cast of text',
    sqlstate: '22P02',
    cause:
      'A text of production cannot be read as the new type: it is empty, has spaces or units, or was never checked.',
    next: "Convert it in USING (NULLIF(trim(column), '')::…), and decide what becomes of the rest first.",
  },
  {
    name: 'date format',
    sqlstate: '22007',
    cause: 'A text of production is no date or time.',
    next: 'Convert it with to_timestamp or to_date and its format, and decide what becomes of empty texts.',
  },
  {
    name: 'date out of range',
    sqlstate: '22008',
    cause:
      'A text of production is written as a date that is none, or in another order of day and month than DateStyle says.',
    next: "Convert it with to_date and its format ('DD.MM.YYYY') instead of a cast.",
  },
  {
    name: 'division by zero',
    sqlstate: '22012',
    cause: 'A row of production makes the divisor zero.',
    next: 'Divide by NULLIF(divisor, 0).',
  },
  {
    name: 'encoding',
    sqlstate: '22021',
    cause: "Bytes stand there that are no text in the database's encoding (UTF-8), such as Latin-1 or a NUL.",
    next: "Name the encoding where they are converted: convert_from(column, 'LATIN1').",
  },
  {
    name: 'json shape',
    sqlstate: '22023',
    says: /(array|object|scalar|non-array)/,
    cause:
      'A JSON value of production has another shape than the function takes: an object or a scalar, perhaps null, where an array is meant.',
    next: "Ask for the shape first: CASE jsonb_typeof(column) WHEN 'array' THEN … END.",
  },
  {
    name: 'parameter',
    sqlstate: '22023',
    cause: 'A setting or argument has a value that Postgres does not take.',
    next: 'Look the value up, such as a time zone in pg_timezone_names.',
  },
  {
    name: 'null in a value',
    sqlstate: '22004',
    cause: 'A NULL stands where the statement needs a value, such as a name for EXECUTE.',
    next: 'Use coalesce, or leave those rows out.',
  },

  // Statements that cannot be meant so.
  {
    name: 'foreign key types',
    sqlstate: '42804',
    says: /foreign key constraint/,
    cause: 'The two columns of the key have different types on production, such as text and uuid.',
    next: 'Change one of the types first; the detail names both.',
  },
  {
    name: 'default cast',
    sqlstate: '42804',
    says: /default for column/,
    cause: "The column's default cannot become the new type by itself.",
    next: 'DROP DEFAULT before the type changes, and SET DEFAULT behind it.',
  },
  {
    name: 'needs USING',
    sqlstate: '42804',
    says: /cannot be cast automatically/,
    cause: "Postgres does not convert production's values to the new type by itself.",
    next: 'Say how: ALTER COLUMN … TYPE … USING column::type.',
  },
  {
    name: 'types differ',
    sqlstate: '42804',
    cause:
      'An expression has another type than the place it stands in: on production the column may have another type than in the schema the file was written for.',
    next: 'Compare the types on the snapshot, and cast one of them.',
  },
  {
    name: 'no cast',
    sqlstate: '42846',
    cause: 'Postgres knows no way from the one type to the other.',
    next: 'Go over text (column::text::type), or write the conversion in USING.',
  },
  {
    name: 'function of an extension',
    sqlstate: '42883',
    says: /^function (uuid_generate_|crypt|gen_salt|digest|unaccent|similarity|earth_|st_|levenshtein|word_similarity)/i,
    cause:
      'The function belongs to an extension (uuid-ossp, pgcrypto, unaccent, pg_trgm, postgis …) that is not created here, or lies in another namespace.',
    next: 'CREATE EXTENSION IF NOT EXISTS before it; gen_random_uuid() needs none.',
  },
  {
    name: 'operator',
    sqlstate: '42883',
    says: /^operator does not exist/,
    cause:
      'The two sides have types that cannot be compared, such as text and integer or text and an enum; on production a column may have another type than in the schema the file was written for.',
    next: 'Cast one side; an index or default over an enum must go before its type changes.',
  },
  {
    name: 'function',
    sqlstate: '42883',
    cause:
      'No function of this name takes arguments of these types: it is missing, in another namespace, or the types differ.',
    next: 'Create it first, or cast the arguments.',
  },
  {
    name: 'not the owner',
    sqlstate: '42501',
    says: /must be owner/,
    cause: 'The object belongs to another role than the one that runs the migration.',
    next: 'Let its owner run the statement, or change the owner on production first.',
  },
  {
    name: 'row security',
    sqlstate: '42501',
    says: /row-level security/,
    cause: 'Row-level security holds for the role that runs the migration, and no policy allows this row.',
    next: 'Run the statement as a role with BYPASSRLS, or give the migrator a policy.',
  },
  {
    name: 'not allowed',
    sqlstate: '42501',
    cause: 'The role that runs the migration may not do that.',
    next: 'GRANT it the right on production, or leave the statement to an administrator.',
  },
  {
    name: 'not in a transaction',
    sqlstate: '25001',
    cause:
      'CREATE or DROP INDEX CONCURRENTLY, VACUUM, ALTER SYSTEM and the like do not run inside a transaction, and several statements sent together are one.',
    next: 'Put the statement alone into a migration of its own.',
  },
  {
    name: 'read only',
    sqlstate: '25006',
    cause:
      'The session is read only: the file, or one before it in this deploy, set default_transaction_read_only, or the database is set so.',
    next: 'Find that SET and use SET LOCAL, or RESET it at the end of its file.',
  },
  {
    name: 'after a failure',
    sqlstate: '25P02',
    cause: 'An earlier statement of the transaction failed already; this one only finds it aborted.',
    next: 'Look for the first failure in the file.',
  },
  {
    name: 'new enum value',
    sqlstate: '55P04',
    cause:
      'A value that ALTER TYPE … ADD VALUE brings cannot be used in the transaction that adds it, and the file is one transaction.',
    next: 'Put what uses the value into a migration behind it.',
  },
  {
    name: 'view on the column',
    sqlstate: '0A000',
    says: /used by a view|used by a generated column|used in a (policy|trigger|publication)/,
    cause:
      'A view, policy, trigger or generated column of production reads the column, so its type cannot change.',
    next: 'Drop what reads it before, and create it again behind; the detail names it.',
  },
  {
    name: 'other database',
    sqlstate: '0A000',
    says: /cross-database/,
    cause: 'A name has three parts, and the first is read as another database.',
    next: "Leave the database's name out: namespace.table.",
  },
  {
    name: 'not supported',
    sqlstate: '0A000',
    cause: 'This version of Postgres does not do that on this kind of object.',
    next: 'Read the message as it stands; compare the version with the one the file was written for.',
  },
  {
    name: 'dependents',
    sqlstate: '2BP01',
    cause: 'Other objects of production depend on it, some of which the file may not know.',
    next: 'Drop or change those by name first; the detail lists them. CASCADE would take them all without a word.',
  },
  {
    name: 'two primary keys',
    sqlstate: '42P16',
    says: /multiple primary keys/,
    cause: 'The table has a primary key already, on production perhaps under another name.',
    next: 'Drop the old key by its name on production before the new one is added.',
  },
  {
    name: 'view columns',
    sqlstate: '42P16',
    says: /view/,
    cause: "CREATE OR REPLACE VIEW may only add columns at the end; production's view has others.",
    next: 'DROP VIEW and create it again, with its grants.',
  },
  {
    name: 'table definition',
    sqlstate: '42P16',
    cause: 'The table cannot be defined so: what inherits, is partitioned or is a key sets limits.',
    next: 'Read the message as it stands, and change the parent or the key first.',
  },
  {
    name: 'immutable',
    sqlstate: '42P17',
    cause:
      'An index, a generated column or a partition key may use only what always gives the same result; now(), casts of timestamptz and lower() over some types do not.',
    next: 'Take an IMMUTABLE expression, such as AT TIME ZONE with a fixed zone.',
  },
  {
    name: 'function result',
    sqlstate: '42P13',
    cause:
      "CREATE OR REPLACE FUNCTION cannot change the result type or the names of arguments; production's function has others.",
    next: 'DROP FUNCTION first, with what depends on it.',
  },
  {
    name: 'ON CONFLICT',
    sqlstate: '42P10',
    cause:
      'ON CONFLICT names columns over which the table has no unique constraint or index, at least none that fits exactly (a partial index needs its WHERE).',
    next: 'Create the unique index first, or name the columns that have one.',
  },
  {
    name: 'no key to refer to',
    sqlstate: '42830',
    cause:
      'A foreign key must refer to columns that are a primary key or unique, and on production these are not.',
    next: 'Add the primary key or unique constraint to the other table first.',
  },
  {
    name: 'wrong sort of object',
    sqlstate: '42809',
    cause:
      'The name belongs to another sort of object, such as a view where a table is meant, or an index that belongs to a constraint.',
    next: 'Look up on the snapshot what it is, and use the statement for that sort.',
  },
  {
    name: 'identity',
    sqlstate: '428C9',
    cause: 'The column is generated by Postgres (GENERATED ALWAYS), so a value for it is refused.',
    next: 'Leave the column out, or write OVERRIDING SYSTEM VALUE for an identity.',
  },
  {
    name: 'ambiguous column',
    sqlstate: '42702',
    cause: 'Several tables of the statement, or a variable of the function, have this name.',
    next: 'Write the table or alias before the column.',
  },
  {
    name: 'grouping',
    sqlstate: '42803',
    cause: 'The statement selects a column that it neither groups by nor aggregates.',
    next: 'Add it to GROUP BY, or aggregate it.',
  },
  {
    name: 'ambiguous function',
    sqlstate: '42725',
    cause: 'Several functions take these arguments, most often because a text stands there without a type.',
    next: 'Cast the arguments, or name the argument types in DROP and ALTER FUNCTION.',
  },
  {
    name: 'no type',
    sqlstate: '42P18',
    cause: 'Postgres cannot tell the type of an expression, such as an empty array.',
    next: 'Cast it: ARRAY[]::text[], NULL::integer.',
  },
  {
    name: 'same table twice',
    sqlstate: '42712',
    cause: 'FROM names one table twice without an alias.',
    next: 'Give each an alias.',
  },
  {
    name: 'label too long',
    sqlstate: '42602',
    cause: `A name or enum value is empty or longer than ${NAME_BYTES} bytes.`,
    next: 'Shorten it.',
  },
  {
    name: 'reserved name',
    sqlstate: '42939',
    cause: 'Names that begin with pg_ are kept for Postgres.',
    next: 'Take another name.',
  },

  // Other sessions, time and size.
  {
    name: 'deadlock',
    sqlstate: '40P01',
    cause: 'The migration and another session each waited for a lock of the other.',
    next: 'Run again while nothing else uses the database; take the locks in one order, in short migrations.',
  },
  {
    name: 'lock timeout',
    sqlstate: '55P03',
    cause: 'Another session holds a lock that the statement needs, and lock_timeout ended the wait.',
    next: 'Run again while nothing else uses the table, or wait longer.',
  },
  {
    name: 'copy from stdin',
    sqlstate: '57014',
    says: /COPY from stdin/,
    cause:
      'The file holds COPY … FROM stdin with data lines, as pg_dump writes them; only psql can send those.',
    next: 'Make the dump with pg_dump --inserts, or write INSERT statements.',
  },
  {
    name: 'statement timeout',
    sqlstate: '57014',
    cause: 'The statement took longer than statement_timeout allows.',
    next: 'Do the work in smaller parts, or set the time for this migration (SET LOCAL statement_timeout).',
  },
  {
    name: 'pending trigger events',
    sqlstate: '55006',
    says: /pending trigger events/,
    cause:
      'Rows of the table were changed in the same transaction, and deferred keys have still to be checked.',
    next: 'Write SET CONSTRAINTS ALL IMMEDIATE before the ALTER TABLE, or put it into a migration of its own.',
  },
  {
    name: 'in use',
    sqlstate: '55006',
    cause: 'Something else still uses the object, perhaps the very session.',
    next: 'End what uses it first.',
  },
  {
    name: 'wrong state',
    sqlstate: '55000',
    cause:
      'The object is not in the state that the statement needs, such as a materialized view without rows or without a unique index.',
    next: 'Read the hint, and bring it into that state first.',
  },
  {
    name: 'index entry too large',
    sqlstate: '54000',
    says: /index row/,
    cause: 'A value of production is too long for an index over the whole of it.',
    next: 'Index a hash (md5(column)) or the beginning of it.',
  },
  {
    name: 'endless recursion',
    sqlstate: '54001',
    cause: 'A function or trigger calls itself without end, or an expression is nested too deep.',
    next: 'Look for the trigger that writes to its own table.',
  },
  {
    name: 'too many columns',
    sqlstate: '54011',
    cause: 'A table has at most 1,600 columns; dropped ones go on counting.',
    next: 'Split the table, or build it anew without the dropped columns.',
  },
  {
    name: 'own message',
    sqlstate: 'P0001',
    cause: 'The migration, or a trigger of production, raised this message itself.',
    next: 'Look at the condition before that RAISE: the rows of production do not meet it.',
  },
  {
    name: 'assertion',
    sqlstate: 'P0004',
    cause: "An ASSERT of the migration does not hold on production's rows.",
    next: 'Look at its condition.',
  },
]

/** The most likely cause of a failure, by SQLSTATE, message and statement; null for one that the table does not know. */
export function findFailureCause(
  failure: MigrationFailure,
): (FailureCause & { readonly name: string }) | null {
  const fits = ({ sqlstate, says, statement, when }: CauseRow) =>
    [sqlstate].flat().includes(failure.sqlstate) &&
    (says === undefined || says.test(failure.message)) &&
    (statement === undefined || statement.test(failure.statement ?? '')) &&
    (when === undefined || when(failure))
  return failureCauses.find(fits) ?? null
}
