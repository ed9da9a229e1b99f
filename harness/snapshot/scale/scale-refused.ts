import { HarnessError } from '../../model/error.ts'

/** The error for rows that cannot be multiplied. It names tables, columns and constraints, never a value. */
export function scaleRefused(
  snapshot: string,
  place: { readonly table: string; readonly constraint: string },
  reason: string,
  remedy = 'Name the tables that shall be multiplied without it (--scale trips,units), or fewer rows of it.',
): HarnessError<'scale-refused'> {
  return new HarnessError(
    'scale-refused',
    `Multiplying the rows of ${place.table} in snapshot "${snapshot}": ${place.constraint}: ${reason}. Nothing was kept.`,
    remedy,
    { snapshot, ...place, reason },
  )
}

/**
 * Turns a refusal of keys and references on multiplied rows into an error that names the copies as the likely reason.
 * Other errors pass unchanged.
 */
export function toScaleError(error: unknown, snapshot: string): unknown {
  if (!(error instanceof HarnessError) || error.code !== 'snapshot-load-failed') return error
  const { cause } = (error as HarnessError<'snapshot-load-failed'>).context
  return scaleRefused(
    snapshot,
    { table: 'some table', constraint: cause },
    'Postgres refused it over the copies',
    'Load the snapshot without --scale: if that works, name the tables that shall be multiplied without this one.',
  )
}
