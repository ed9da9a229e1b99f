import { createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { HarnessError } from '../model/error.ts'
import type { Proof } from '../model/proof.ts'
import { toBundleFile, toStatementFile } from '../proof/proof-file.ts'
import { parseStatement } from '../proof/statement/parse-statement.ts'
import { replaceFile } from './proof-files.ts'
import { toKeyId } from './signing/keys.ts'
import { signStatement } from './signing/sign-statement.ts'
import { toNamedProof } from './verify-proof.ts'

/** A proof that was signed. */
interface SignedProof {
  /** The bundle, absolute. */
  readonly file: string
  /** Of the key that signed. */
  readonly id: string
  readonly scenario: string
  readonly upTo: number
  readonly verdict: Proof['verdict']
}

/**
 * Signs the statement of a proof, byte for byte, and writes the bundle beside it. A proof that is disproven can be signed too: nothing
 * takes it for another.
 * @throws usage when there is no statement
 */
export async function signProof(proof: string, privateKey: KeyObject): Promise<SignedProof> {
  const proofFile = toNamedProof(proof)
  const statementFile = toStatementFile(proofFile)
  if (!existsSync(statementFile)) {
    const message = `There is no proof to sign at ${statementFile}.`
    throw new HarnessError('usage', message, 'Prove the phase first: phaseproof prove <n> --fresh.', {
      faults: [message],
    })
  }
  const text = readFileSync(statementFile, 'utf8')
  const parsed = parseStatement(text)
  if ('refusal' in parsed) {
    const { message, remedy } = parsed.refusal
    throw new HarnessError('usage', `${statementFile}: ${message}`, remedy, { faults: [message] })
  }
  const { scenario, upTo, verdict } = parsed.statement.predicate.phaseproof
  const file = toBundleFile(proofFile)
  replaceFile(file, await signStatement(text, privateKey))
  return { file, id: toKeyId(createPublicKey(privateKey)), scenario, upTo, verdict }
}
