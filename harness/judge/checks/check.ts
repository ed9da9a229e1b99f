import type { Check } from '../define-check.ts'
import { findTable } from '../look-up.ts'

/** A validated CHECK constraint of that name, with that definition where one is given. */
export const check: Check<'check'> = {
  title: ({ table, name, definition }) =>
    `${table} has check ${name}${definition === undefined ? '' : ` ${definition}`}`,
  judge: ({ table, name, definition }, { after }) => {
    const found = findTable(after.schema, table)
    if (!found) return [{ kind: 'missing-table', table }]
    const checks = found.constraints.filter(({ kind }) => kind === 'check')
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
    const bare = constraint.definition.replace(/ NOT VALID$/, '')
    return [
      ...(definition === undefined || definition === bare
        ? []
        : [{ kind: 'wrong-check' as const, table, name, expected: definition, found: bare }]),
      ...(constraint.validated
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
