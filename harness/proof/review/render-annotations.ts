import type { Proof } from '../../model/proof.ts'
import { listPlaced } from './list-placed.ts'

/** GitHub shows ten errors of a step; what is more is counted in one of them. */
const SHOWN = 10

/**
 * Findings as workflow commands, which GitHub shows beside the lines that they point to. Pure.
 * Escaping: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
export function renderAnnotations(proof: Proof): string {
  const placed = listPlaced(proof)
  const isMore = placed.length > SHOWN
  const lines = placed
    .slice(0, isMore ? SHOWN - 1 : SHOWN)
    .map(
      ({ file, line, title, text }) =>
        `::error file=${toProperty(file)},line=${line},title=${toProperty(title)}::${toMessage(text)}`,
    )
  const rest = `${placed.length - SHOWN + 1} more findings stand in the report.`
  return [...lines, ...(isMore ? [`::error title=${toProperty('More findings')}::${toMessage(rest)}`] : [])]
    .map((line) => `${line}\n`)
    .join('')
}

function toMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function toProperty(text: string): string {
  return toMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
