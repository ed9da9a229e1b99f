import type { GateCheck, GateCheckKind, GateFault } from '../../model/gate.ts'

/** A check that is refused where there are faults, and held otherwise. */
export function toGateCheck(
  kind: GateCheckKind,
  says: { readonly held: string; readonly refused: string },
  faults: readonly (string | GateFault)[],
): GateCheck {
  const outcome = faults.length > 0 ? 'refused' : 'held'
  return { kind, outcome, says: says[outcome], faults: faults.map(toFault) }
}

/** A check that decides nothing, with what is to be known. */
export function toToldCheck(
  kind: GateCheckKind,
  outcome: 'told' | 'not-asked',
  says: string,
  faults: readonly string[] = [],
): GateCheck {
  return { kind, outcome, says, faults: faults.map(toFault) }
}

function toFault(fault: string | GateFault): GateFault {
  return typeof fault === 'string' ? { says: fault } : fault
}
