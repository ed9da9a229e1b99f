import type { GateDecision } from '../../model/gate.ts'

/** Reads `predicate` of an in-toto Statement v1 whose type is a Simple Verification Result. */
interface GateStatement {
  readonly _type: 'https://in-toto.io/Statement/v1'
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[]
  readonly predicateType: 'https://in-toto.io/attestation/svr/v0.2'
  readonly predicate: {
    readonly verifier: { readonly id: string; readonly policies: readonly object[] }
    readonly timeCreated: string
    readonly properties: readonly string[]
    /** What the type has no place for: what was refused, and why. */
    readonly phaseproof_gate: GateDecision
  }
}

/**
 * A decision as an in-toto statement of type SVR v0.2 about the proof. Its properties name only what held, as the type demands; the
 * apply is allowed where `PHASEPROOF_GATE_ALLOWED` is among them.
 * @param version of the harness, for the name of the verifier
 * @param policies digests of the files that the decision followed besides, such as waivers
 */
export function toGateStatement(
  decision: GateDecision,
  version: string,
  policies: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[],
): GateStatement {
  const { checks, isAllowed, phase, proof, decidedAt } = decision
  const held = checks.filter(({ outcome }) => outcome === 'held').map(({ kind }) => toProperty(kind))
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: proof.file, digest: { sha256: proof.sha256 } }],
    predicateType: 'https://in-toto.io/attestation/svr/v0.2',
    predicate: {
      verifier: { id: `urn:phaseproof:gate:${version}`, policies },
      timeCreated: decidedAt,
      properties: [
        ...(isAllowed ? ['PHASEPROOF_GATE_ALLOWED', `PHASEPROOF_GATE_ALLOWED_PHASE_${phase}`] : []),
        ...held,
      ],
      phaseproof_gate: decision,
    },
  }
}

const toProperty = (kind: string) => `PHASEPROOF_GATE_${kind.toUpperCase().replaceAll('-', '_')}`
