import { quoteName } from '../ground/quote.ts'
import type { DatabaseState } from './database-state.ts'
import { type Of, toNames, toSql } from './sql-tree.ts'

/** A type as a statement writes it, as SQL; an enum with its namespace. @throws CannotAsk */
export async function toTypeText(typeName: Of<'TypeName'>, state: DatabaseState): Promise<string> {
  const names = toNames(typeName.names)
  const key = state.typeKeyOf(names)
  const dimensions = (typeName.arrayBounds?.length ?? 0) > 0 ? '[]' : ''
  if (state.enums.has(key)) return `${key.split('.').map(quoteName).join('.')}${dimensions}`
  // Rendering by the parser package takes a millisecond, and a plan has hundreds of columns.
  const isPlain = names.every((name) => /^[a-z_][a-z0-9_]*$/.test(name))
  const modifiers = (typeName.typmods ?? []).map((node) =>
    'A_Const' in node && node.A_Const.ival ? String(node.A_Const.ival.ival ?? 0) : null,
  )
  const name = names.join('.').replace(/^pg_catalog\./, '')
  if (isPlain && !modifiers.includes(null) && !typeName.setof && name !== 'interval') {
    const inside = modifiers.length === 0 ? '' : `(${modifiers.join(',')})`
    return `${name === 'bpchar' && inside !== '' ? 'char' : name}${inside}${dimensions}`
  }
  const text = await toSql({ TypeCast: { arg: { A_Const: { isnull: true } }, typeName } })
  return text.replace(/^NULL::/, '').replace(/^CAST\(NULL AS (.*)\)$/s, '$1')
}
