import type { Mask } from './mask.ts'
import { HIDDEN_ZIP3 } from './zip3-list.ts'

/**
 * The first three digits of a ZIP code followed by zeros. All zeros where too few people share them, and for anything
 * that is no ZIP code. A column of three characters gets just the three.
 */
export function toZip3Mask({ maxLength }: { readonly maxLength: number | null }): Mask {
  return (value) => {
    if (value === '') return value
    const known = value.trim().match(/^(\d{3})(?:\d\d(?:-?\d{4})?)?$/)?.[1]
    const prefix = known === undefined || HIDDEN_ZIP3.has(known) ? '000' : known
    const full = value.trim().length === 3 ? prefix : `${prefix}00`
    return maxLength === null ? full : full.slice(0, maxLength)
  }
}
