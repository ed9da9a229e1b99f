import type { CopyValue } from '../../../harness/ground/copy-text.ts'
import { type Dice, toDice } from './dice.ts'

/** A row of any table, by column. */
export type Row = Readonly<Record<string, CopyValue>>

/** A row that others can refer to. */
export type RowWithId = Row & { readonly id: string }

/** Makes `count` rows with dice of their own. */
export function toRows<R extends Row>(
  seed: string,
  count: number,
  toRow: (dice: Dice, index: number) => R,
): readonly R[] {
  const dice = toDice(seed)
  return Array.from({ length: count }, (_, index) => toRow(dice, index))
}
