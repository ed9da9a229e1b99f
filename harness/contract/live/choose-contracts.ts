/** Contracts of earlier phases that are tried beneath one phase at most. */
export const earlierAtMost = 20

interface Choosable {
  /** Id of the phase in whose folder it lies. */
  readonly phase: number
  readonly file: string
}

/**
 * Chooses which contracts are tried beneath a phase: all of its own, and of earlier ones as many from each file in turn as the bound allows.
 * Pure; the order stays.
 */
export function chooseContracts<T extends Choosable>(
  all: readonly T[],
  phase: number,
): { readonly chosen: readonly T[]; readonly untried: number } {
  const earlier = all.filter((contract) => contract.phase < phase)
  const seen = new Map<string, number>()
  const inTurn = earlier
    .map((contract) => {
      const turn = seen.get(contract.file) ?? 0
      seen.set(contract.file, turn + 1)
      return { contract, turn }
    })
    .sort((left, right) => left.turn - right.turn)
    .map(({ contract }) => contract)
  const taken = new Set(inTurn.slice(0, earlierAtMost))
  const chosen = all.filter((contract) => contract.phase === phase || taken.has(contract))
  return { chosen, untried: earlier.length - taken.size }
}
