import { InvalidArgumentError } from 'commander'

/**
 * The number of a phase as an argument names it.
 * @throws InvalidArgumentError
 */
export function toPhaseNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is the number of a phase: 1, 2, 3 …')
}
