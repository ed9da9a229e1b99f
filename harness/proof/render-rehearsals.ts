import type { PhaseRehearsal } from '../model/proof.ts'

/**
 * What the experiments show: a line for each with the phases it held for, or every sentence about every phase. Empty when none was made.
 */
export function renderRehearsals(rehearsals: readonly PhaseRehearsal[], isWhole: boolean): string[] {
  const names = [...new Set(rehearsals.map(({ experiment }) => experiment))]
  const width = Math.max(...names.map((name) => name.length))
  const lines = names.flatMap((name) => {
    const own = rehearsals.filter(({ experiment }) => experiment === name)
    return [`${name.padEnd(width)}  ${summarize(own)}`, ...(isWhole ? own.flatMap(toSentences) : [])]
  })
  return lines.length === 0 ? [] : [toHeading(isWhole), ...lines.map((line) => `  ${line}`)]
}

function toHeading(isWhole: boolean): string {
  return isWhole ? 'rehearsed on clones:' : 'rehearsed on clones (--rehearsals tells each):'
}

/** `held for phases 1 to 9`, `broke for phase 2; held for phases 1, 3`. */
function summarize(own: readonly PhaseRehearsal[]): string {
  return (['broke', 'not-made', 'held'] as const)
    .flatMap((outcome) => {
      const ids = own.filter((result) => result.outcome === outcome).map(({ phase }) => phase)
      return ids.length === 0 ? [] : [`${WORDS[outcome]} phase${ids.length === 1 ? '' : 's'} ${toRange(ids)}`]
    })
    .join('; ')
}

const WORDS = { broke: 'broke for', 'not-made': 'not made for', held: 'held for' }

function toRange(ids: readonly number[]): string {
  const [first = 0, last = 0] = [ids[0], ids.at(-1)]
  const isWhole = ids.length > 2 && last - first === ids.length - 1
  return isWhole ? `${first} to ${last}` : ids.join(', ')
}

function toSentences({ phase, says, details = [] }: PhaseRehearsal): string[] {
  return [`  phase ${phase}: ${says}`, ...details.map((detail) => `    ${detail}`)]
}
