import type { CauseRow } from './cause-row.ts'
import { withoutTexts } from './misspelt-name.ts'

/** Characters that look like a space or like nothing, and quotes of a word processor. */
const INVISIBLE = /[\u00A0\u00AD\u200B-\u200F\u2028\u2029\u2060\uFEFF]/
const TYPOGRAPHIC = /[\u2018\u2019\u201C\u201D\u2013\u2014]/

/** How Postgres answers when a character that it takes for part of a name stands in the way. */
const MISREAD = ['42601', '42703', '42P01', '42704', '42883', '0A000']

/** Files that are no SQL for Postgres: SQLSTATE 42601, and what a character makes of a name. */
export const unreadableFiles: readonly CauseRow[] = [
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
]
