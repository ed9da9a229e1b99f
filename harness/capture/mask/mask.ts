import type { ValueForm } from '../../model/source.ts'
import type { MaskKey } from './mask-key.ts'

/** Replaces one value that is not NULL, as text; null makes it NULL. `subject` is whose row it is. @throws Unmaskable */
export type Mask = (value: string, subject: string) => string | null

/** What a mask may need to know beside its rule. */
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

/** A value that a rule cannot treat. The message says of which sort, never which. */
export class Unmaskable extends Error {
  override readonly name = 'Unmaskable'
  /** Where it stands, once that is known; rows count from 1. */
  readonly at: { readonly column: string; readonly row: number } | undefined

  constructor(message: string, at?: { readonly column: string; readonly row: number }) {
    super(message)
    this.at = at
  }
}
