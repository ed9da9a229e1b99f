import type { ValueForm } from '../../model/source.ts'
import type { MaskKey } from './mask-key.ts'

/**
 * Replaces one value that is not NULL, as text; a result of null makes it NULL. `subject` names whose row it is.
 * @throws Unmaskable
 */
export type Mask = (value: string, subject: string) => string | null

/** What a mask may need besides its rule. */
export interface MaskContext {
  readonly key: MaskKey
  readonly form: ValueForm
  /** Characters that fit into the column; null for no limit. */
  readonly maxLength: number | null
  readonly passwordHash: string | undefined
  /** ISO date. */
  readonly asOf: string | undefined
  /** Highest number of each class that has a column of whole numbers. */
  readonly integerClasses: ReadonlyMap<string, number>
  /** Numbers given to the values of a class in this capture. */
  readonly numbers: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** The error for a value that a rule cannot mask. The message tells the sort of value, never the value. */
export class Unmaskable extends Error {
  override readonly name = 'Unmaskable'
  /** Position of the value, once it is known; rows count from 1. */
  readonly at: { readonly column: string; readonly row: number } | undefined

  constructor(message: string, at?: { readonly column: string; readonly row: number }) {
    super(message)
    this.at = at
  }
}
