import type { GateCheck, GateEvidence } from '../../model/gate.ts'
import { judgeMoment } from './judge-moment.ts'
import { judgePlace } from './judge-place.ts'
import { judgeProof } from './judge-proof.ts'
import { judgeState } from './judge-state.ts'

/** Every question of a gate with its answer, in the order in which a person reads them. Pure. */
export function judgeGate(evidence: GateEvidence): readonly GateCheck[] {
  return [...judgeProof(evidence), ...judgePlace(evidence), ...judgeState(evidence), ...judgeMoment(evidence)]
}
