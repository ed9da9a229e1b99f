import type { CauseRow } from './cause-row.ts'

/** Other sessions, time and size, and what a file raises itself: class 40, 53 to 57, P0. */
export const sessionCauses: readonly CauseRow[] = [
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
