import type { GateCheck, GateDecision, JudgedWaiver } from '../../model/gate.ts'

const SIGNS: Readonly<Record<GateCheck['outcome'], string>> = {
  held: '✓',
  refused: '✗',
  waived: '~',
  told: 'i',
  'not-asked': '?',
}

/** Faults of one check that are told in full. */
const SHOWN = 20

/** What a gate found, for people: each check with its reason, the waivers, the decision. */
export function renderGate(decision: GateDecision): string {
  const { phase, scenario, target, isAllowed, isObserving, checks, waivers } = decision
  const refused = checks.filter(({ outcome }) => outcome === 'refused').map(({ kind }) => kind)
  const verdict = isAllowed
    ? `phase ${phase} may be applied to ${target.name}`
    : `phase ${phase} must not be applied to ${target.name}: ${refused.join(', ')}`
  return [
    `Gate of phase ${phase} of ${scenario} before ${target.name}`,
    '',
    ...renderChecks(checks),
    ...waivers.map(toWaiverLine),
    '',
    isObserving && !isAllowed ? `${verdict} (only observed: nobody is stopped)` : verdict,
    '',
  ].join('\n')
}

/** Checks with their faults, a line each. */
export function renderChecks(checks: readonly GateCheck[]): string[] {
  return checks.flatMap(({ kind, outcome, says, faults }) => [
    `  ${SIGNS[outcome]} ${kind}: ${says}${outcome === 'not-asked' ? ' (not asked)' : ''}${outcome === 'waived' ? ' (waived)' : ''}`,
    ...faults
      .slice(0, SHOWN)
      .map(
        (fault) => `      ${fault.says}${fault.sha256 === undefined ? '' : ` (SHA-256 now ${fault.sha256})`}`,
      ),
    ...(faults.length > SHOWN ? [`      and ${faults.length - SHOWN} more`] : []),
  ])
}

function toWaiverLine({ waiver, void: why, covers }: JudgedWaiver): string {
  const name = `waiver of ${waiver.check ?? 'nothing'}${waiver.fault === undefined ? '' : ` "${waiver.fault}"`}`
  if (why !== null) return `  ! ${name} is void: ${why}`
  const by = `${waiver.owner}, until ${waiver.expires}: ${waiver.reason}`
  return covers === 0 ? `  - ${name} was not needed (${by})` : `  ~ ${name} is used (${by})`
}
