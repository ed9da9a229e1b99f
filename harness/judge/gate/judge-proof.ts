import type { GateCheck, GateEvidence } from '../../model/gate.ts'
import { toGateCheck } from './gate-check.ts'

/** Clocks of two machines may differ by so much. */
const SKEW_MS = 5 * 60_000

/** What the proof itself must be: about this phase, proven, whole, young enough, and about the files as they are. */
export function judgeProof(evidence: GateEvidence): GateCheck[] {
  return [judgeVerdict(evidence), judgeAge(evidence), evidence.signature, judgeFiles(evidence)]
}

/** Is it a whole proof of the phase and of all before it? */
export function judgeVerdict({
  phase,
  phases,
  read: { proof, file, states },
}: Pick<GateEvidence, 'phase' | 'phases' | 'read'>): GateCheck {
  const upTo = phases.filter(({ id }) => id <= phase.id)
  const faults = [
    ...(proof.verdict === 'proven' ? [] : [`its verdict is ${proof.verdict}`]),
    ...(proof.upTo >= phase.id ? [] : [`it proves phases up to ${proof.upTo} only`]),
    ...(proof.about.scaled === null ? [] : ['its rows were multiplied by invented copies']),
    ...upTo.flatMap(({ id, name }) => {
      const result = proof.phases.find((entry) => entry.phase === id)
      if (result === undefined) return [`phase ${id} is not in it`]
      if (result.name !== name) return [`its phase ${id} is called ${result.name}, here it is ${name}`]
      return result.outcome === 'passed' ? [] : [`phase ${id} is ${result.outcome}`]
    }),
    ...(states === null ? ['the file of its states is missing, or is another one than the proof names'] : []),
    ...(proof.undecided ?? []).map((what) => `it could not decide ${what}`),
  ]
  const says = {
    held: `${file} proves phases 1 to ${phase.id}, taken ${proof.takenAt}, with ${proof.limits.length} limits`,
    refused: `${file} is no proof of phases 1 to ${phase.id}`,
  }
  return toGateCheck('proof', says, faults)
}

function judgeAge({ read, now, target, options }: GateEvidence): GateCheck {
  const { takenAt } = read.proof
  const ageMs = Date.parse(now) - Date.parse(takenAt)
  const { aheadMs, now: there } = target.server.clock
  const faults = [
    ...(Number.isFinite(ageMs) ? [] : ['it does not say when it was taken']),
    ...(ageMs > options.maxAgeMs
      ? [`it is ${toSpan(ageMs)} old, and ${toSpan(options.maxAgeMs)} are allowed (--max-age)`]
      : []),
    ...(ageMs < -SKEW_MS
      ? [`it was taken at ${takenAt}, and this machine says it is ${now}: one of the clocks is wrong`]
      : []),
    ...(Math.abs(aheadMs) > SKEW_MS
      ? [`the target says it is ${there}, and this machine says ${now}: one of the clocks is wrong`]
      : []),
  ]
  const says = {
    held: `the proof is ${toSpan(Math.max(ageMs, 0))} old`,
    refused: 'the age of the proof is not right',
  }
  return toGateCheck('age', says, faults)
}

/** Are the project's files those of the proof? */
export function judgeFiles({ read: { changed } }: Pick<GateEvidence, 'read'>): GateCheck {
  const says = {
    held: 'migrations, snapshot, expectations, contracts, server, tool and harness are those of the proof',
    refused: 'the project is not what was proven: prove it again',
  }
  return toGateCheck('files', says, changed)
}

/** `3 days`, `5 hours`, `2 minutes`. */
export function toSpan(ms: number): string {
  const units: readonly [name: string, ms: number][] = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ]
  const [name, size] = units.find(([, one]) => ms >= one) ?? ['minute', 60_000]
  const count = Math.floor(ms / size)
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
