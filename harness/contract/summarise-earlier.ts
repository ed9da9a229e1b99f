/** One run of a contract on an earlier server that was judged. */
interface EarlierRun {
  readonly server: string
  /** Does the server do this after any phase so far? */
  readonly isServed: boolean
}

/**
 * What the runs on earlier servers show together: a limit for each server; and why nothing can be said, where one did nothing of
 * all that was asked, for then it is hardly the server that was meant. Pure.
 * @param names of the scenario's earlier servers
 */
export function summariseEarlier(
  names: readonly string[],
  runs: readonly EarlierRun[],
): {
  readonly undecided: string | null
  readonly limits: readonly string[]
} {
  const servers = names.map((name) => {
    const all = runs.filter(({ server }) => server === name)
    return { name, tried: all.length, served: all.filter(({ isServed }) => isServed).length }
  })
  const idle = servers.find(({ tried, served }) => tried > 0 && served === 0)
  return {
    undecided: idle
      ? `no contract works on the earlier server "${idle.name}" after any phase (${idle.tried} tried): start it by hand and see why`
      : null,
    limits: servers.map(({ name, tried, served }) => {
      if (tried === 0) return `The earlier server "${name}" was tried by nothing.`
      const idleRuns = tried - served
      const but = idleRuns === 0 ? '' : `, and ${idleRuns} of these ask for what it never did`
      return `The earlier server "${name}" was tried by ${tried} runs of contracts only${but}.`
    }),
  }
}
