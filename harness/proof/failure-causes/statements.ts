import type { CauseRow } from './cause-row.ts'
import { NAME_BYTES } from './kept-name.ts'

/** Statements that cannot be meant so, or that this role may not run: class 42, 25, 0A, 2B and 55P04. */
export const statementCauses: readonly CauseRow[] = [
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
]
