import type { ImportedPlan } from './import-plan.ts'
import type { PlacedPhase } from './place-phases.ts'
import type { Unread } from './written-plan.ts'

/** What was read of a plan, for a person: the phases, then what could not be read or does not agree, by line. */
export function renderImported({ scenario, phases, notes, prose, kept }: ImportedPlan): string {
  const left = kept.map((path) => `  left     ${path}: it is there, and says something else\n`)
  return [
    `  scenario ${scenario}\n`,
    ...phases.map(renderPhase),
    ...(notes.length === 0 ? [] : ['\n  to decide, by line of the plan\n']),
    ...notes.map(({ line, what }) => `  ${line === null ? 'folder' : String(line).padStart(6)}  ${what}\n`),
    ...(prose.length === 0 ? [] : [`\n  text of no phase, by line: ${prose.map(toPlace).join('; ')}\n`]),
    ...(left.length === 0 ? [] : ['\n', ...left]),
  ].join('')
}

function renderPhase({ id, title, risk, estimateMinutes, dependsOn, ...phase }: PlacedPhase): string {
  const facts = [
    `${risk} risk`,
    ...(estimateMinutes > 0 ? [`${estimateMinutes} min`] : []),
    ...(dependsOn.length > 0 ? [`after ${dependsOn.join(', ')}`] : []),
    count(phase.migrations.length, 'migration'),
    ...(phase.recorded.length > 0 ? [`${phase.recorded.length} recorded already`] : []),
    count(phase.tables.length + phase.drops.length, 'table'),
    `${phase.todo.length + phase.checks.length} to do`,
  ]
  return `  phase ${String(id).padStart(2)}  ${title}: ${facts.join(', ')}\n`
}

function toPlace({ line, what }: Unread): string {
  return `${line} ${what}`
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
