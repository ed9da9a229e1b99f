import type { Judged } from './judge-in-parallel.ts'
import type { JudgedMutant, Mutant } from './mutant.ts'

/** Findings that the binding of a declaration to its file gives for any edit of that file, whatever the edit does. */
const ofAnyEdit = new Set(['declaration-void'])

/** What came of all mutants, each list in the order of the phases. */
export interface Score {
  readonly judged: number
  /** Disproven in their own phase by what they do. */
  readonly killed: number
  /** Of those killed: how many each kind of finding told. */
  readonly by: Readonly<Record<string, number>>
  /** Disproven only because an edited file voids a declaration. */
  readonly onlyByBinding: readonly JudgedMutant[]
  /** Not proven, and not disproven: refused, or the harness says that it cannot decide. */
  readonly notDecided: readonly JudgedMutant[]
  readonly equivalent: readonly JudgedMutant[]
  /** Proven although something differs, which the proof says as a limit. */
  readonly told: readonly JudgedMutant[]
  readonly survived: readonly JudgedMutant[]
  readonly failed: readonly { readonly id: string; readonly error: string }[]
}

/** Sorts the fates, in the order in which the mutants were made. */
export function toScore(mutants: readonly Mutant[], { fates, failures }: Judged): Score {
  const place = new Map(mutants.map(({ id }, number) => [id, number]))
  const sorted = [...fates].sort((a, b) => (place.get(a.mutant.id) ?? 0) - (place.get(b.mutant.id) ?? 0))
  const killed: JudgedMutant[] = []
  const onlyByBinding: JudgedMutant[] = []
  const told: JudgedMutant[] = []
  const survived: JudgedMutant[] = []
  const by: Record<string, number> = {}
  for (const judged of sorted) {
    const { fate } = judged
    if (fate.fate === 'killed') {
      const kinds = fate.kinds.filter((kind) => !ofAnyEdit.has(kind))
      ;(kinds.length > 0 ? killed : onlyByBinding).push(judged)
      for (const kind of kinds) by[kind] = (by[kind] ?? 0) + 1
    } else if (fate.fate === 'survived') (fate.newLimits.length > 0 ? told : survived).push(judged)
  }
  return {
    judged: sorted.length,
    killed: killed.length,
    by,
    onlyByBinding,
    notDecided: sorted.filter(({ fate }) => fate.fate === 'not-decided'),
    equivalent: sorted.filter(({ fate }) => fate.fate === 'equivalent'),
    told,
    survived,
    failed: failures,
  }
}

/** The score as text: numbers, then everything that is not simply killed. */
export function renderScore(name: string, score: Score): string {
  const { judged, killed, onlyByBinding, notDecided, equivalent, told, survived, failed } = score
  const numbers = [
    `${killed} disproven in their own phase`,
    `${onlyByBinding.length} disproven only because the edit voids a declaration`,
    `${notDecided.length} refused or not decided`,
    `${told.length} told as a limit`,
    `${equivalent.length} equivalent on this snapshot`,
    `${survived.length} SURVIVED`,
    `${failed.length} could not be judged`,
  ]
  const byKind = Object.entries(score.by)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${kind} ${count}`)
  return [
    `${name}: ${judged} mutants judged`,
    ...numbers.map((line) => `  ${line}`),
    `  killed by: ${byKind.join(', ')}`,
    ...section('Survived: proven, although something differs', survived),
    ...section('Told as a limit', told),
    ...section('Refused or not decided', notDecided),
    ...section('Disproven by the binding of a declaration alone', onlyByBinding),
    ...section('Equivalent', equivalent),
    ...failed.map(({ id, error }) => `Could not be judged: ${id}: ${error}`),
    '',
  ].join('\n')
}

function section(title: string, judged: readonly JudgedMutant[]): string[] {
  if (judged.length === 0) return []
  return [
    `${title}:`,
    ...judged.flatMap(({ mutant, fate }) => [
      `  ${mutant.id}  ${mutant.migration}: ${mutant.what}`,
      ...(fate.fate === 'survived' ? fate.differences.slice(0, 3).map((line) => `      ${line}`) : []),
      ...(fate.fate === 'survived' ? fate.newLimits.map((line) => `      limit: ${line}`) : []),
      ...(fate.fate === 'not-decided' ? [`      ${fate.why}`] : []),
    ]),
  ]
}
