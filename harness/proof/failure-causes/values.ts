import type { CauseRow } from './cause-row.ts'
import { withoutTexts } from './misspelt-name.ts'

/** Values of production that do not fit their new type or their function: class 22. */
export const valueCauses: readonly CauseRow[] = [
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
]
