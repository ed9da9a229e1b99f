import type { SqlNode } from './parse-sql.ts'
import { visit } from './visit.ts'

const HARMLESS =
  /^(set_config|current_setting|setval|nextval|currval|pg_sleep|count|max|min|sum|coalesce|now|pg_advisory_\w+|pg_get_serial_sequence|greatest|version)$/

/** Does a statement call a function that may change rows? Only well-known ones that do not are left out. */
export function callsFunction(node: SqlNode): boolean {
  let found = false
  visit(node, (kind, { funcname }) => {
    if (kind !== 'FuncCall' || !Array.isArray(funcname)) return
    const { sval = '' } = (funcname.at(-1) as { String?: { sval?: string } }).String ?? {}
    if (!HARMLESS.test(sval)) found = true
  })
  return found
}
