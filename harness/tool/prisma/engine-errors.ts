import { DriverAdapterError } from '@prisma/driver-adapter-utils'
import { maskValues } from '../../ground/sql/mask-values.ts'
import { HarnessError } from '../../model/error.ts'
import type { ScriptFailure } from './send-script.ts'

/** A script's failure in the words of Prisma's adapters, without values: the engine writes it into the history, which reports may quote. */
export function toAdapterError({ error }: ScriptFailure): DriverAdapterError {
  const code = error.code ?? ''
  const text = maskValues(code, {
    message: error.message,
    detail: error.detail ?? null,
    hint: error.hint ?? null,
  })
  return new DriverAdapterError({
    kind: 'postgres',
    code,
    severity: error.severity ?? 'ERROR',
    message: text.message,
    detail: text.detail ?? undefined,
    column: error.column,
    hint: text.hint ?? undefined,
  })
}

/** A fault of the engine itself, which says nothing about the migrations. */
export function toEngineError(operation: string, error: unknown): HarnessError {
  if (error instanceof HarnessError) return error
  const { code, message } = error as { code?: string; message?: string }
  const cause = `${code === undefined ? '' : `${code}: `}${message?.split('\n')[0] ?? String(error)}`
  return new HarnessError(
    'engine-failed',
    `Asked Prisma's schema engine to ${operation}: ${cause}.`,
    toRemedy(code, cause),
    { operation, cause },
    { cause: error },
  )
}

function toRemedy(code: string | undefined, cause: string): string {
  if (code === 'P1002')
    return 'Another session holds the advisory lock of Prisma Migrate (72707369) on this database: end it, then run again.'
  return /permission denied|must be owner/.test(cause)
    ? 'Prisma reads and writes its own history as the role that applies migrations, and that role lacks a right to do so: name the role that deploys to production as `roles.migrator`, with what it owns, may do and belongs to.'
    : 'The installed packages may not fit together: reinstall from the lockfile, then run again.'
}
