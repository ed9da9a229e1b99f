import type { CauseRow } from './cause-row.ts'

/** Rows of production that are in the way of a constraint: class 23. */
export const rowCauses: readonly CauseRow[] = [
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
]
