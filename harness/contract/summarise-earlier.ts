/** One judged trial of a contract on an earlier server. */
interface EarlierRun {
  readonly server: string
  /** True when the server does this after some phase so far. */
  readonly isServed: boolean
}

/**
 * Sums the trials on earlier servers up: a limit for each server, and a reason to be undecided when one did nothing of
 * what was asked. Pure.
 * @param names of the scenario's earlier servers
 */
export function summariseEarlier(
  names: readonly string[],
  runs: readonly EarlierRun[],
): {
  readonly undecided: string | null
  readonly limits: readonly string[]
} {
  // A server that does nothing of it is hardly the one that was meant.
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
      if (tried === 0) return `The earlier server "${name}" was not tried by any contract.`
      const idleRuns = tried - served
      const but = idleRuns === 0 ? '' : `, and ${idleRuns} of these ask for what it never did`
      return `The earlier server "${name}" was tried by no more than ${tried} trials of contracts${but}.`
    }),
  }
}
