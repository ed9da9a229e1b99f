import { isContradicted } from '../judge/contradicted.ts'
import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { AskedPrecondition } from '../model/precondition.ts'

/** More than these are told as a number; the proof's JSON lists all. */
const told = 3

/** What the phases leave open about production's rows, in sentences. */
export function preconditionLimitsOf(
  phases: readonly PhaseEvidence[],
  scenario: string,
  isCaptured: boolean,
): readonly string[] {
  const all = phases.flatMap(({ preconditions }) => preconditions.filter(({ kind }) => kind === 'fails'))
  const wrong = phases.flatMap((evidence) =>
    evidence.preconditions.filter((one) => isContradicted(one, evidence)).map(describe),
  )
  const closed = isCaptured ? all.filter(({ sql }) => sql === null) : []
  const open = isCaptured ? all.filter(({ sql, production }) => sql !== null && production === null) : []
  return [
    ...phases.flatMap(maskLimitOf),
    ...wrong.map(
      (one) =>
        `The condition of ${one} and what the statement did on this snapshot contradict each other: nothing was concluded from it.`,
    ),
    ...(open.length === 0
      ? []
      : [
          `Only the snapshot, not production, was asked whether rows are in the way of ${list(open)}. \`phaseproof snapshot capture --scenario ${scenario}\` asks production.`,
        ]),
    ...(closed.length === 0
      ? []
      : [
          `Before the phase nobody can count the rows in the way of ${list(closed, ({ reason }) => `: ${reason}`)}.`,
        ]),
  ]
}

/** Statements that read masked values, except where production itself was asked all that they need. */
function maskLimitOf({ phase, maskedReads, preconditions }: PhaseEvidence): readonly string[] {
  const places = new Map<string, { statement: string; columns: Set<string> }>()
  for (const { file, line, statement, column, rule } of maskedReads) {
    const needs = preconditions.filter(
      (one) => one.kind === 'fails' && one.file === file && one.line === line,
    )
    if (needs.length > 0 && needs.every(({ production }) => production !== null)) continue
    const place = places.get(`${file}:${line}`) ?? { statement, columns: new Set() }
    place.columns.add(`${column} (${rule})`)
    places.set(`${file}:${line}`, place)
  }
  if (places.size === 0) return []
  const texts = [...places].map(
    ([place, { statement, columns }]) => `${place} ${statement}: ${[...columns].join(', ')}`,
  )
  return [
    `Phase ${phase} reads or constrains columns whose values a mask replaced, so what it does to production's values was not shown: ${texts.join('; ')}.`,
  ]
}

function list(
  preconditions: readonly AskedPrecondition[],
  more: (one: AskedPrecondition) => string = () => '',
): string {
  const texts = preconditions.slice(0, told).map((one) => `${describe(one)}${more(one)}`)
  const rest = preconditions.length - texts.length
  return `${texts.join('; ')}${rest > 0 ? `; and of ${rest} more, which the proof lists` : ''}`
}

function describe({ file, line, counts }: AskedPrecondition): string {
  return `${file}:${line} (${counts})`
}
