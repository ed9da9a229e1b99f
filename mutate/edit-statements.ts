import { parseStatements } from '../harness/ground/sql/list-statements.ts'
import type { Change } from './mutant.ts'

/** A rule that makes wrong texts out of a right one: each match of `find` is replaced once, by itself. */
interface Edit {
  readonly kind: string
  readonly find: RegExp
  readonly by: string | ((match: RegExpExecArray) => string)
}

const column = String.raw`^(\s*(?:ALTER TABLE \S+ ADD COLUMN(?: IF NOT EXISTS)? )?"\w+" `
const indexHead = String.raw`CREATE (?:UNIQUE )?INDEX(?: CONCURRENTLY)?(?: IF NOT EXISTS)? "\w+" ON "\w+"`

/** Faults that people make in a statement while they write it. */
const edits: readonly Edit[] = [
  { kind: 'not-null-away', find: /(?<! IS) NOT NULL(?= DEFAULT|,|;|\n)/g, by: '' },
  {
    kind: 'not-null-added',
    find: new RegExp(
      String.raw`${column}(?:TEXT|INTEGER|JSONB|DOUBLE PRECISION|DECIMAL\([\d,]+\)|TIMESTAMP\(3\)))(?=,|;)`,
      'gm',
    ),
    by: ([text]) => `${text} NOT NULL`,
  },
  {
    kind: 'default-away',
    find: / DEFAULT (?:'[^']*'|[\w.]+(?:\[\])?(?:::\w+(?:\[\])?)?)(?=,|;|\n)/g,
    by: '',
  },
  { kind: 'default-other', find: /DEFAULT true/g, by: 'DEFAULT false' },
  { kind: 'default-other', find: /DEFAULT false/g, by: 'DEFAULT true' },
  {
    kind: 'default-other',
    find: /DEFAULT (\d+)(?=[,;\s])/g,
    by: ([, number]) => `DEFAULT ${Number(number) + 1}`,
  },
  { kind: 'default-other', find: /DEFAULT '(\w+)'/g, by: ([, text]) => `DEFAULT '${text}_'` },
  { kind: 'default-other', find: /DEFAULT CURRENT_TIMESTAMP/g, by: `DEFAULT '2020-01-01'` },
  {
    kind: 'type-narrower',
    find: new RegExp(`${column})TEXT(?=[ ,;])`, 'gm'),
    by: ([, head]) => `${head}VARCHAR(40)`,
  },
  { kind: 'type-other', find: new RegExp(`${column})INTEGER`, 'gm'), by: ([, head]) => `${head}BIGINT` },
  {
    kind: 'type-other',
    find: new RegExp(`${column})DOUBLE PRECISION`, 'gm'),
    by: ([, head]) => `${head}REAL`,
  },
  { kind: 'type-other', find: new RegExp(`${column})JSONB`, 'gm'), by: ([, head]) => `${head}JSON` },
  {
    kind: 'type-precision',
    find: /DECIMAL\((\d+),(\d)\)/g,
    by: ([, digits, scale]) => `DECIMAL(${digits},${Number(scale) - 1})`,
  },
  {
    kind: 'type-time-zone',
    find: new RegExp(String.raw`${column})TIMESTAMP\(3\)`, 'gm'),
    by: ([, head]) => `${head}TIMESTAMPTZ(3)`,
  },
  {
    kind: 'column-other-collation',
    find: new RegExp(`${column}TEXT)(?=[ ,;])`, 'gm'),
    by: ([text]) => `${text} COLLATE "C"`,
  },
  {
    kind: 'column-other-name',
    find: /ADD COLUMN (?:IF NOT EXISTS )?"(\w*[A-Z]\w*)"/g,
    by: ([text, name = '']) => text.replace(name, name.toLowerCase()),
  },
  { kind: 'column-away', find: /^ {4}"\w+" [A-Z][^\n]*,\n/gm, by: '' },
  {
    kind: 'key-away',
    find: /,\n {4}CONSTRAINT "\w+" (?:PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)[^\n]*?(?=,?\n)/g,
    by: '',
  },
  { kind: 'unique-away', find: /CREATE UNIQUE INDEX/g, by: 'CREATE INDEX' },
  { kind: 'unique-added', find: /CREATE INDEX/g, by: 'CREATE UNIQUE INDEX' },
  {
    kind: 'index-key-away',
    find: new RegExp(String.raw`${indexHead}\("\w+"(?:, "\w+")+\)`, 'g'),
    by: ([text]) => text.replace(/, "\w+"\)$/, ')'),
  },
  {
    kind: 'index-direction',
    find: new RegExp(String.raw`${indexHead}\("\w+"`, 'g'),
    by: ([text]) => `${text} DESC`,
  },
  {
    kind: 'index-nulls-first',
    find: new RegExp(String.raw`${indexHead}\("\w+"`, 'g'),
    by: ([text]) => `${text} NULLS FIRST`,
  },
  {
    kind: 'index-operator-class',
    find: new RegExp(String.raw`${indexHead}\("\w*(?:Id|email|category|status|Number|Type|name)"`, 'g'),
    by: ([text]) => `${text} text_pattern_ops`,
  },
  {
    kind: 'index-collation',
    find: new RegExp(String.raw`${indexHead}\("\w*(?:Id|email|category|status|Number|Type|name)"`, 'g'),
    by: ([text]) => `${text} COLLATE "POSIX"`,
  },
  {
    kind: 'index-partial',
    find: new RegExp(String.raw`${indexHead}\("(\w+)"[^;)]*\)`, 'g'),
    by: ([text, key]) => `${text} WHERE "${key}" IS NOT NULL`,
  },
  {
    kind: 'index-method',
    find: /CREATE INDEX(?: IF NOT EXISTS)? "\w+" ON "\w+"(?=\("\w+"\))/g,
    by: ([text]) => `${text} USING hash `,
  },
  {
    kind: 'index-include',
    find: new RegExp(String.raw`${indexHead}\("\w+"[^;)]*\)`, 'g'),
    by: ([text]) => `${text} INCLUDE ("id")`,
  },
  {
    kind: 'index-nulls-not-distinct',
    find: /CREATE UNIQUE INDEX[^;]*\)/g,
    by: ([text]) => `${text} NULLS NOT DISTINCT`,
  },
  {
    kind: 'index-storage',
    find: new RegExp(String.raw`${indexHead}\("\w+"[^;)]*\)`, 'g'),
    by: ([text]) => `${text} WITH (fillfactor = 50)`,
  },
  { kind: 'on-delete-other', find: /ON DELETE CASCADE/g, by: 'ON DELETE RESTRICT' },
  { kind: 'on-delete-other', find: /ON DELETE SET NULL/g, by: 'ON DELETE CASCADE' },
  { kind: 'on-update-other', find: /ON UPDATE CASCADE/g, by: 'ON UPDATE NO ACTION' },
  {
    kind: 'key-not-valid',
    find: /ADD CONSTRAINT[^;]*ON UPDATE CASCADE/g,
    by: ([text]) => `${text} NOT VALID`,
  },
  {
    kind: 'key-deferrable',
    find: /REFERENCES[^;\n]*ON UPDATE CASCADE/g,
    by: ([text]) => `${text} DEFERRABLE INITIALLY DEFERRED`,
  },
  { kind: 'key-match-full', find: /REFERENCES "\w+"\("\w+"\)/g, by: ([text]) => `${text} MATCH FULL` },
  { kind: 'enum-value-away', find: /, '\w+'(?=\))/g, by: '' },
  { kind: 'check-weaker', find: /("\w+") > 0/g, by: ([, name]) => `${name} >= 0` },
  {
    kind: 'update-everything',
    find: /(UPDATE "\w+" SET [^;]*?)\s+WHERE [^;]*;/g,
    by: ([, head]) => `${head};`,
  },
  {
    kind: 'update-nothing',
    find: /(UPDATE "\w+" SET [^;]*?\s+WHERE )([^;]*);/g,
    by: ([, head, where]) => `${head}false AND (${where});`,
  },
  {
    kind: 'update-other-value',
    find: /(UPDATE "(\w+)" SET "(\w+)" = )("\w+")/g,
    by: ([, head, , , value]) => `${head}${value} || '?'`,
  },
  {
    kind: 'insert-other-value',
    find: /(INSERT INTO [^;]*?VALUES\s*\(\s*'\w+',\s*')(\w+)'/g,
    by: ([, head, value]) => `${head}${value} '`,
  },
  { kind: 'insert-row-away', find: /(VALUES\s*)\([^()]*\),\s*(?=\()/g, by: ([, head]) => head ?? '' },
]

/** Every text that one edit of a migration makes, and every text that lacks one of its statements. */
export async function editStatements(sql: string): Promise<Change[]> {
  const changes: Change[] = []
  for (const { text, offset, line } of (await parseStatements(sql)) ?? []) {
    const end = sql.indexOf(';', offset + text.length)
    const without = sql.slice(0, offset) + sql.slice(end < 0 ? sql.length : end + 1)
    changes.push({ kind: 'statement-away', what: `line ${line}: ${firstWords(text)} left out`, sql: without })
  }
  for (const { kind, find, by } of edits) {
    for (const match of sql.matchAll(find)) {
      const made = typeof by === 'string' ? by : by(match)
      const changed = sql.slice(0, match.index) + made + sql.slice(match.index + match[0].length)
      const line = sql.slice(0, match.index).split('\n').length
      changes.push({
        kind,
        what: `line ${line}: ${firstWords(match[0])} -> ${firstWords(made)}`,
        sql: changed,
      })
    }
  }
  // A fault that no parser lets pass would be found by any tool, and says nothing about this one.
  const parsed = await Promise.all(
    changes.map(async (change) => (await parseStatements(change.sql)) !== null),
  )
  return changes.filter((_, position) => parsed[position])
}

function firstWords(text: string): string {
  const words = text.trim().replaceAll(/\s+/g, ' ')
  if (words === '') return 'nothing'
  return words.length > 90 ? `${words.slice(0, 60)} … ${words.slice(-25)}` : words
}
