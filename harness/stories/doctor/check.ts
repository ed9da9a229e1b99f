/** What the doctor found about one subject. */
export interface Check {
  readonly subject: string
  /** `warning`: works, but not in full. `failed`: nothing can be proven before it is mended. */
  readonly state: 'ok' | 'warning' | 'failed'
  readonly found: string
  /** What to do; only where something is wrong. */
  readonly remedy?: string
}

/** A check that found nothing wrong. */
export function ok(subject: string, found: string): Check {
  return { subject, state: 'ok', found }
}

/** Checks for a person, one a line, with what to do below it. */
export function renderChecks(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ subject }) => subject.length))
  const marks = { ok: '✓', warning: '!', failed: '✗' } as const
  return checks
    .map(({ subject, state, found, remedy }) => {
      const line = `  ${marks[state]} ${subject.padEnd(width)}  ${found}`
      return remedy === undefined ? line : `${line}\n    ${' '.repeat(width)}  ${remedy}`
    })
    .join('\n')
}
