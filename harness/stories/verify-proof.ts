import { existsSync, readFileSync } from 'node:fs'
import { basename, relative, resolve, sep } from 'node:path'
import type { importModule } from '../ground/import-module.ts'
import { toCanonicalJson } from '../ground/to-canonical-json.ts'
import { HarnessError } from '../model/error.ts'
import type { Proof } from '../model/proof.ts'
import type { ProofStatement, Refusal } from '../model/statement.ts'
import { toBundleFile, toStatementFile, toStatesFile } from '../proof/proof-file.ts'
import { judgeProof, type ProofAllowances } from '../proof/statement/judge-proof.ts'
import { parseStatement } from '../proof/statement/parse-statement.ts'
import { readProofExpectation } from './read-proof-expectation.ts'
import { readScenario } from './read-scenario.ts'
import { checkSignature, type SignatureCheck } from './signing/check-signature.ts'
import type { TrustedKey } from './signing/keys.ts'

/** Which proof is verified, and what it has to be. */
export interface VerifyProofRequest {
  /** `phase-<n>.json`, its statement or its bundle: whatever is given, all three are looked for beside each other. */
  readonly file: string
  readonly trusted: readonly TrustedKey[]
  /** What the proof has to be of; left out: what the place of the file says, else the proof itself. */
  readonly scenario?: string
  readonly upTo?: number
  readonly allowances?: ProofAllowances
  readonly projectRoot: string
  readonly load?: typeof importModule
}

/** What was found about a proof. */
export interface VerifiedProof {
  /** The statement that was signed; of one that nobody signed, the one beside the proof; null where there is none. */
  readonly statement: ProofStatement | null
  readonly signer: TrustedKey | null
  /** Empty: the proof counts. */
  readonly refusals: readonly Refusal[]
}

/**
 * Verifies that a trusted key signed a proof, that the proof holds what it says, and that the repository still is what was proven.
 * It only reads.
 * @throws usage when there is no such file or scenario; plan-invalid
 */
export async function verifyProof(request: VerifyProofRequest): Promise<VerifiedProof> {
  const proofFile = toNamedProof(request.file)
  const files = { statement: toStatementFile(proofFile), bundle: toBundleFile(proofFile) }
  const beside = existsSync(files.statement) ? readFileSync(files.statement, 'utf8') : null
  const { signer, payload, refusals } = await readSignature(files.bundle, request.trusted)
  const text = payload ?? beside
  if (text === null) {
    const message = `There is no proof at ${files.statement}.`
    throw new HarnessError('usage', message, 'Prove the phase first: phaseproof prove <n> --fresh.', {
      faults: [message],
    })
  }
  const parsed = parseStatement(text)
  const changed = beside !== null && text !== beside ? [toChanged(files.statement)] : []
  const found: Refusal[] = [...refusals, ...changed]
  if ('refusal' in parsed) return { statement: null, signer, refusals: [...found, parsed.refusal] }

  const { statement } = parsed
  const proven = statement.predicate.phaseproof
  if (existsSync(proofFile) && !holdsProof(readFileSync(proofFile, 'utf8'), proven.proof))
    found.push(toChanged(proofFile))
  const place = readPlace(proofFile, request.projectRoot)
  const name = request.scenario ?? place?.scenario ?? proven.scenario
  const upTo = request.upTo ?? place?.upTo ?? proven.upTo
  const { projectRoot, load } = request
  const scenario = await readScenario(name, projectRoot, load)
  const statesFile = toStatesFile(proofFile)
  const anew = await readProofExpectation({ scenario, upTo, projectRoot, statesFile, proven: statement })
  const judged = judgeProof(statement, anew.expected, request.allowances)
  return { statement, signer, refusals: [...found, ...anew.refusals, ...judged] }
}

/** The proof that a file stands beside, or is. */
export function toNamedProof(file: string): string {
  return resolve(file).replace(/(?:\.proof(?:\.sigstore)?)?\.json$/, '.json')
}

async function readSignature(file: string, trusted: readonly TrustedKey[]): Promise<SignatureCheck> {
  if (existsSync(file)) return checkSignature(readFileSync(file, 'utf8'), trusted)
  const refusal: Refusal = {
    kind: 'unsigned',
    message: `Nobody signed the proof: there is no ${basename(file)} beside it.`,
    remedy: 'Sign it: phaseproof sign <proof> --key <private key>.',
  }
  return { signer: null, payload: null, refusals: [refusal] }
}

/** Whoever reads the proof itself must read what was signed. */
function holdsProof(text: string, proof: Proof): boolean {
  try {
    return toCanonicalJson(JSON.parse(text)) === toCanonicalJson(proof)
  } catch {
    return false
  }
}

function toChanged(file: string): Refusal {
  return {
    kind: 'proof-changed',
    message: `${basename(file)} does not say what was signed.`,
    remedy: 'Take the files that were written together, or prove and sign again.',
  }
}

/** What the place of a proof says that it is of: `reports/<scenario>/phase-<n>.json`. */
function readPlace(file: string, projectRoot: string): { scenario: string; upTo: number } | null {
  const path = relative(resolve(projectRoot), file).split(sep).join('/')
  const [, scenario, upTo] = /^reports\/(.+)\/phase-(\d+)(?:\.scaled)?\.json$/.exec(path) ?? []
  return scenario === undefined ? null : { scenario, upTo: Number(upTo) }
}
