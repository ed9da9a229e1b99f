import type { FindingEvidence } from '../../model/finding.ts'
import { isSameType, toCanonicalDefault, toCanonicalType } from '../canonical.ts'
import type { Check } from '../define-check.ts'
import { findTable } from '../look-up.ts'

/** The column exists with its type, nullability and default. Each wrong one is a finding of its own. */
export const column: Check<'column'> = {
  title: (entry) =>
    `${entry.table}.${entry.column} is ${toCanonicalType(entry.type)}${entry.nullable ? '' : ' not null'}${entry.default === null ? '' : ` default ${entry.default}`}`,
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

    if (!isSameType(model.type, type)) wrong('wrong-type', type, model.type)
    if (model.nullable !== expectation.nullable)
      wrong('wrong-nullability', toWords(expectation.nullable), toWords(model.nullable))
    const expectedDefault = expectation.generated ?? toCanonicalDefault(expectation.default, type)
    const foundDefault = toGeneration(model.generated) ?? toCanonicalDefault(model.default, model.type)
    if (expectedDefault !== foundDefault)
      wrong('wrong-default', expectedDefault ?? 'no default', foundDefault ?? 'no default')
    return findings
  },
}

/** `stored: (a + b)` becomes `stored`, because the comparison of whole tables covers the expression. */
function toGeneration(generated: string | null): string | null {
  return generated?.split(':')[0] ?? null
}

function toWords(nullable: boolean): string {
  return nullable ? 'NULL allowed' : 'NOT NULL'
}
