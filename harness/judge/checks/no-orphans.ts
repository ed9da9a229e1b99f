import type { Check } from '../define-check.ts'
import { findTable, toShortName } from '../look-up.ts'

/** No foreign key has more rows without a parent than before; a new one that is validated has none. */
export const noOrphans: Check<'no-orphans'> = {
  title: () => 'leaves no row that refers to nothing',
  judge: (_, { before, after }) =>
    after.schema.tables.flatMap((model) => {
      const table = toShortName(`${model.namespace}.${model.name}`)
      const earlier = findTable(before.schema, table)?.constraints ?? []
      return model.constraints.flatMap(({ name, definition, validated, references }) => {
        const rows = references?.orphans ?? 0
        const was = earlier.find((entry) => entry.name === name)?.references?.orphans ?? null
        if (rows === 0 || (was === null ? !validated : rows <= was)) return []
        return [{ kind: 'orphan-rows' as const, table, name, definition, rows, before: was }]
      })
    }),
}
