import type { Check } from '../define-check.ts'
import { qualify, sameList } from '../look-up.ts'

/** The enum has exactly these values in this order. */
export const enumType: Check<'enum'> = {
  title: ({ name, values }) => `enum ${name} is ${values.join(', ')}`,
  judge: ({ name, values }, { after }) => {
    const found = after.schema.enums.find((entry) => `${entry.namespace}.${entry.name}` === qualify(name))
    if (found && sameList(found.values, values)) return []
    return [{ kind: 'wrong-enum', name, expected: values, found: found?.values ?? null }]
  },
}
