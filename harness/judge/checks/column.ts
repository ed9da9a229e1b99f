import type { FindingEvidence } from '../../model/finding.ts'
import { isSameDefinition, isSameType, toCanonicalDefault, toCanonicalType } from '../canonical.ts'
import type { Check } from '../define-check.ts'
import { findTable } from '../look-up.ts'

/** The column exists with its type, nullability and default. Each wrong one is a finding of its own. */
export const column: Check<'column'> = {
  title: (entry) =>
    `${entry.table}.${entry.column} is ${toCanonicalType(entry.type)}${entry.collation === undefined ? '' : ` collate ${entry.collation}`}${entry.nullable ? '' : ' not null'}${entry.default === null ? '' : ` default ${entry.default}`}`,
  judge: (expectation, { after }) => {
    const { table, column } = expectation
    const found = findTable(after.schema, table)
    if (!found) return [{ kind: 'missing-table', table }]
    const model = found.columns.find(({ name }) => name === column)
    const type = toCanonicalType(expectation.type)
    if (!model) return [{ kind: 'missing-column', table, column, expected: type }]

    const findings: FindingEvidence[] = []
    const wrong = (
      kind: 'wrong-type' | 'wrong-nullability' | 'wrong-default',
      expected: string,
      actual: string,
    ) => findings.push({ kind, table, column, expected, found: actual })

    const collation = expectation.collation ?? null
    if (!isSameType(model.type, type) || model.collation !== collation)
      wrong('wrong-type', withCollation(type, collation), withCollation(model.type, model.collation))
    if (model.nullable !== expectation.nullable)
      wrong('wrong-nullability', toWords(expectation.nullable), toWords(model.nullable))
    const { generated, expression } = expectation
    const generation = expression === undefined ? generated : `${generated ?? 'stored'}: ${expression}`
    const expectedDefault = generation ?? toCanonicalDefault(expectation.default, type)
    const foundDefault =
      toGeneration(model.generated, expression !== undefined) ?? toCanonicalDefault(model.default, model.type)
    if (!isSameDefinition(expectedDefault, foundDefault))
      wrong('wrong-default', expectedDefault ?? 'no default', foundDefault ?? 'no default')
    return findings
  },
}

/** `stored: (a + b)`, or only `stored` where the expectation leaves the expression open. */
function toGeneration(generated: string | null, withExpression: boolean): string | null {
  return withExpression ? generated : (generated?.split(':')[0] ?? null)
}

function withCollation(type: string, collation: string | null): string {
  return collation === null ? type : `${type} collate ${collation}`
}

function toWords(nullable: boolean): string {
  return nullable ? 'NULL allowed' : 'NOT NULL'
}
