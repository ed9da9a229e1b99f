import type { ProofStatement, Refusal } from '../../model/statement.ts'
import { statementSchema } from './statement-schema.ts'

/** Faults of a file that are told at once. */
const mostFaults = 5

/** A statement as it was written, or why the text is none. */
export function parseStatement(
  text: string,
): { readonly statement: ProofStatement } | { readonly refusal: Refusal } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse(text.trim() === '' ? 'it is empty' : 'it is not JSON')
  }
  const parsed = statementSchema.safeParse(value)
  if (parsed.success) return { statement: parsed.data as unknown as ProofStatement }
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`,
  )
  return refuse(faults.slice(0, mostFaults).join('; '))
}

function refuse(fault: string): { readonly refusal: Refusal } {
  return {
    refusal: {
      kind: 'not-a-proof',
      message: `It is no statement of a proof: ${fault}.`,
      remedy: 'Prove the phase; sign the file phase-<n>.proof.json that it writes.',
    },
  }
}
