import type { PhaseEvidence } from '../model/checkpoint.ts'

/** What files left in the session without a finding, in sentences: nothing came after them, or it seldom matters. */
export function sessionLimitsOf(phases: readonly PhaseEvidence[]): string[] {
  return phases.flatMap(({ phase, replay }) =>
    replay.session.flatMap(({ file, line, left, ranUnder, changesMeaning, brokeDeploy }) => {
      const place = `Phase ${phase}: ${file}${line === null ? '' : `:${line}`} leaves ${left} in the session of its deploy`
      if (brokeDeploy) return []
      if (ranUnder.length === 0)
        return [`${place}: a file that is deployed together with it, after it, would run under that.`]
      return changesMeaning
        ? []
        : [`${place}, and ${ranUnder.length} later files of the phase ran under that.`]
    }),
  )
}
