/** How many contracts are tried beneath one phase at most. */
interface ContractBounds {
  /** Of the phase itself. */
  readonly own: number
  readonly earlier: number
}

interface Choosable {
  /** Id of the phase in whose folder it lies. */
  readonly phase: number
  readonly file: string
}

/**
 * Chooses which contracts are tried beneath a phase: of its own and of earlier ones as many from each file in turn as the bounds allow.
 * Pure; the order stays.
 */
export function chooseContracts<T extends Choosable>(
  all: readonly T[],
  phase: number,
  { own, earlier }: ContractBounds,
): { readonly chosen: readonly T[]; readonly untried: number } {
  const due = all.filter((contract) => contract.phase <= phase)
  const taken = new Set([
    ...inTurn(due.filter((contract) => contract.phase === phase)).slice(0, own),
    ...inTurn(due.filter((contract) => contract.phase < phase)).slice(0, earlier),
  ])
  return { chosen: due.filter((contract) => taken.has(contract)), untried: due.length - taken.size }
}

/** The first of each file, then the second of each. */
function inTurn<T extends Choosable>(contracts: readonly T[]): readonly T[] {
  const seen = new Map<string, number>()
  return contracts
    .map((contract) => {
      const turn = seen.get(contract.file) ?? 0
      seen.set(contract.file, turn + 1)
      return { contract, turn }
    })
    .sort((left, right) => left.turn - right.turn)
    .map(({ contract }) => contract)
}
