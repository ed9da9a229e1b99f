import { isSameDefinition } from '../canonical.ts'
import type { Check } from '../define-check.ts'
import { findTable } from '../look-up.ts'

/** A CHECK constraint of that name, with that definition where one is given; validated and inherited, unless it says otherwise. */
export const check: Check<'check'> = {
  title: ({ table, name, definition }) =>
    `${table} has check ${name}${definition === undefined ? '' : ` ${definition}`}`,
  judge: ({ table, name, definition }, { after }) => {
    const model = findTable(after.schema, table)
    if (!model) return [{ kind: 'missing-table', table }]
    const checks = model.constraints.filter(({ kind }) => kind === 'check')
    const constraint = checks.find((entry) => entry.name === name)
    if (!constraint) {
      return [
        {
          kind: 'missing-check',
          table,
          expected: name,
          found: checks.map((entry) => `${entry.name} ${entry.definition}`),
        },
      ]
    }
    const found = withoutValidity(constraint.definition)
    const mayStay = definition?.endsWith(' NOT VALID') ?? false
    const expected =
      definition === undefined ? found.replace(/ NO INHERIT$/, '') : withoutValidity(definition)
    return [
      ...(isSameDefinition(expected, found)
        ? []
        : [{ kind: 'wrong-check' as const, table, name, expected, found }]),
      ...(mayStay && constraint.validated
        ? [{ kind: 'wrong-check' as const, table, name, expected: 'NOT VALID', found: 'validated' }]
        : []),
      ...(constraint.validated || mayStay
        ? []
        : [
            {
              kind: 'unvalidated-constraint' as const,
              table,
              constraint: name,
              definition: constraint.definition,
            },
          ]),
    ]
  },
}

function withoutValidity(definition: string): string {
  return definition.replace(/ NOT VALID$/, '')
}
