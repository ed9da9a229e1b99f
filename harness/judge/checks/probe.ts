import type { Check } from '../define-check.ts'

/** The probe's SQL was accepted, or refused with the SQLSTATE and at the statement that was meant. */
export const probe: Check<'probe'> = {
  title: ({ title, outcome }) =>
    outcome === 'accepted' ? `accepts: ${title}` : `refuses with ${outcome.refusedWith}: ${title}`,
  needs: (expectation) => ({ probes: [expectation] }),
  judge: ({ title, outcome }, { probes }) => {
    const result = probes.find((entry) => entry.title === title)
    // A probe without a result would otherwise be a check that cannot fail.
    if (!result) throw new Error(`probe "${title}" has no result: it was not run`)
    const expected = outcome === 'accepted' ? 'accepted' : `refused with ${outcome.refusedWith}`
    const { refusal, brokenAt } = result
    if (refusal === null) return outcome === 'accepted' ? [] : [{ kind: 'probe-accepted', title, expected }]
    if (outcome !== 'accepted' && brokenAt === null && refusal.sqlstate === outcome.refusedWith) return []
    const where = brokenAt === null ? '' : ` (at its statement ${brokenAt + 1}, before the last one)`
    return [
      {
        kind: 'probe-refused',
        title,
        sqlstate: refusal.sqlstate,
        message: refusal.message + where,
        expected,
      },
    ]
  },
}
