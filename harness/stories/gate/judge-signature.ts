import { resolve } from 'node:path'
import type { importModule } from '../../ground/import-module.ts'
import { toCanonicalJson } from '../../ground/to-canonical-json.ts'
import { toGateCheck, toToldCheck } from '../../judge/gate/gate-check.ts'
import type { ReadProof } from '../../model/gate.ts'
import type { ProofAllowances } from '../../proof/statement/judge-proof.ts'
import type { TrustedKey } from '../signing/keys.ts'
import { verifyProof } from '../verify-proof.ts'
import type { JudgeSignature } from './gate.ts'

/** Judges a proof that nobody signed: it counts only where a person says so. */
export function judgeUnsigned(isAllowed: boolean): JudgeSignature {
  return async () =>
    isAllowed
      ? toToldCheck('signature', 'told', 'nobody vouches for the proof, as --unsigned allows')
      : toGateCheck('signature', { held: '', refused: 'nobody is trusted to vouch for the proof' }, [
          'name the public key that signed it with --key, or allow --unsigned',
        ])
}

/** Judges whether a trusted key signed the proof, and whether what was signed is the proof that the gate reads and still counts. */
export function judgeSigned(
  trusted: readonly TrustedKey[],
  place: { readonly projectRoot: string; readonly load: typeof importModule },
  allowances: ProofAllowances,
): JudgeSignature {
  return async (read) => {
    const { projectRoot, load } = place
    const { scenario, upTo } = read.proof
    const file = resolve(projectRoot, read.file)
    const { statement, signer, refusals } = await verifyProof({
      file,
      trusted,
      scenario,
      upTo,
      allowances,
      projectRoot,
      load,
    })
    const faults = [
      ...refusals.map(({ kind, message, remedy }) => `${kind}: ${message} ${remedy}`),
      ...(statement !== null && !isSame(read, statement.predicate.phaseproof.proof)
        ? [`${read.file} is not the proof that was signed`]
        : []),
    ]
    const says = {
      held: `signed by ${signer?.id.slice(0, 16)} (${signer?.file})`,
      refused: 'the proof does not count as signed',
    }
    return toGateCheck('signature', says, faults)
  }
}

const isSame = (read: ReadProof, signed: unknown) => toCanonicalJson(read.proof) === toCanonicalJson(signed)
