import type { Verified } from '../../model/gate.ts'
import { renderChecks } from './render-gate.ts'

/** Titles of what was left out that are told one by one. */
const SHOWN = 12

/** How a target stands after a phase, for people. */
export function renderVerified({
  scenario,
  phase,
  isFinal,
  isVerified,
  checks,
  leftOut,
  target,
}: Verified): string {
  const state = isFinal ? 'is what all phases were proven to lead to' : `is as proven after phase ${phase}`
  return [
    `${target.name} after phase ${phase} of ${scenario}`,
    '',
    ...renderChecks(checks),
    ...leftOut.slice(0, SHOWN).map((title) => `  ? not asked: ${title}`),
    ...(leftOut.length > SHOWN ? [`  ? and ${leftOut.length - SHOWN} more`] : []),
    '',
    isVerified
      ? `${target.name} ${state}`
      : `${target.name} is not as proven: ${checks
          .filter(({ outcome }) => outcome === 'refused')
          .map(({ kind }) => kind)
          .join(', ')}`,
    '',
  ].join('\n')
}
