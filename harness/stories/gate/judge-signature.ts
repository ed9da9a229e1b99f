import { toGateCheck, toToldCheck } from '../../judge/gate/gate-check.ts'
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
