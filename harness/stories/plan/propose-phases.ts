import type { Touches } from './read-touches.ts'

/** A phase that `plan` proposes. */
export interface ProposedPhase {
  readonly id: number
  /** `02-trips`, after the object that most of its migrations touch. */
  readonly name: string
  /** In the order of the folder. */
  readonly migrations: readonly string[]
  /** Tables and types it creates or changes. */
  readonly changes: readonly string[]
  readonly drops: readonly string[]
  readonly dependsOn: readonly number[]
  /** Of those, the ones that only keep the order of the folder, each with why: nothing may show when they come in another. */
  readonly dependsBecause: Readonly<Record<number, string>>
  readonly risk: 'low' | 'medium' | 'high'
  /** Why these belong together, why it comes after others, what makes the risk; in sentences. */
  readonly why: readonly string[]
}

/** Why one migration must not come before another; indexes in the order of the folder. */
interface Reason {
  readonly before: number
  readonly after: number
  readonly because: string
  /** It only keeps the order of the folder. */
  readonly isHabit?: true
}

interface Draft {
  readonly members: number[]
  /** What its migrations are mainly about. */
  readonly subjects: Set<string>
}

/**
 * Groups migrations into phases. A migration joins the phase about its own table, unless something it needs, or an earlier change of
 * something it touches, comes in a later phase; then it follows that. Without such a reason the order of the folder stays, and what
 * nothing else has to do with is one phase.
 * @param touches in the order of the folder
 * @param existing tables that production has already
 */
export function proposePhases(
  touches: readonly Touches[],
  existing: ReadonlySet<string> = new Set(),
): readonly ProposedPhase[] {
  const reasons = [...toNeeds(touches, existing), ...toChanges(touches), ...toValues(touches)]
  const drafts: Draft[] = []
  const phaseOf = new Map<number, number>()
  for (const at of sortByReasons(touches.length, reasons)) {
    const isAlone = !reasons.some(({ before, after }) => before === at || after === at)
    const subject = isAlone && isCreationOnly(touches[at]) ? ALONE : toSubject(touches[at])
    const earliest = reasons
      .filter(({ after, before }) => after === at && phaseOf.has(before))
      // Within a phase the tool goes by the order of the folder.
      .map(({ before }) => (phaseOf.get(before) ?? 0) + (before < at ? 0 : 1))
      .reduce((latest, phase) => Math.max(latest, phase), 0)
    const found = drafts.findIndex(({ subjects }, phase) => phase >= earliest && subjects.has(subject))
    const phase = found === -1 ? drafts.length : found
    const draft = drafts[phase] ?? { members: [], subjects: new Set() }
    drafts[phase] = draft
    draft.members.push(at)
    draft.subjects.add(subject)
    phaseOf.set(at, phase)
  }
  return drafts.map((draft, phase) => toPhase(phase, draft, touches, reasons, phaseOf))
}

/** Stands for what no other migration has to do with. */
const ALONE = 'independent'

function isCreationOnly(entry: Touches | undefined): boolean {
  return entry !== undefined && !entry.isOpaque && entry.changes.size + entry.drops.size === 0
}

/** What a migration is mainly about: the first table it creates, else the first it changes, else its own name. */
function toSubject(entry: Touches | undefined): string {
  const [created] = entry?.creates.keys() ?? []
  const [changed] = entry ? touched(entry) : []
  return created ?? changed ?? entry?.migration ?? ''
}

function toNeeds(touches: readonly Touches[], existing: ReadonlySet<string>): readonly Reason[] {
  return touches.flatMap(({ migration, needs, changes }, after) =>
    [...needs, ...changes].flatMap(([object, line]) => {
      const before = touches.findIndex(({ creates }) => creates.has(object))
      if (before === -1 || before === after || existing.has(object)) return []
      const because = `${migration} line ${line} needs ${object}, which ${touches[before]?.migration} creates`
      return [{ before, after, because }]
    }),
  )
}

/** What touches one table keeps the order of the folder, unless it is needed before. */
function toChanges(touches: readonly Touches[]): readonly Reason[] {
  return touches.flatMap((entry, after) =>
    touched(entry).flatMap((object) => {
      const before = touches.slice(0, after).findLastIndex((other) => touched(other).includes(object))
      const creator = touches.findIndex(({ creates }) => creates.has(object))
      if (before === -1 || creator === after) return []
      const because = `${entry.migration} changes ${object} as ${touches[before]?.migration} left it`
      return [{ before, after, because, isHabit: true as const }]
    }),
  )
}

/**
 * What uses a value comes after what adds it to the enum. A text alone may be another one, so it holds only in the order of the folder;
 * one that is cast to the enum holds in any.
 */
function toValues(touches: readonly Touches[]): readonly Reason[] {
  return touches.flatMap((adding, before) =>
    [...adding.addsValues.keys()].flatMap((value) => {
      const [, type = '', text = ''] = /^(.*?)\.([^.]*)$/s.exec(value) ?? []
      return touches.flatMap(({ migration, texts }, after) => {
        const line = texts.get(value) ?? (before < after ? texts.get(text) : undefined)
        if (line === undefined || before === after) return []
        const because = `${migration} line ${line} uses '${text}', which ${adding.migration} adds to ${type}`
        return [{ before, after, because }]
      })
    }),
  )
}

/** Indexes of migrations, each after all that must come before it; where that is a circle, the order of the folder. */
function sortByReasons(count: number, reasons: readonly Reason[]): readonly number[] {
  const sorted: number[] = []
  const waiting = Array.from({ length: count }, (_, at) => at)
  while (waiting.length > 0) {
    const free = waiting.findIndex((at) =>
      reasons.every(({ before, after }) => after !== at || sorted.includes(before)),
    )
    sorted.push(...waiting.splice(Math.max(free, 0), 1))
  }
  return sorted
}

function toPhase(
  phase: number,
  draft: Draft,
  touches: readonly Touches[],
  reasons: readonly Reason[],
  phaseOf: ReadonlyMap<number, number>,
): ProposedPhase {
  const members = draft.members.toSorted((a, b) => a - b).flatMap((at) => touches[at] ?? [])
  const all = (kind: 'creates' | 'drops' | 'dropsColumns' | 'dropsParts' | 'adds' | 'leaves' | 'becomes') =>
    new Set(members.flatMap((member) => [...member[kind].keys()]))
  const [made, gone, added, left] = [all('creates'), all('drops'), all('adds'), all('leaves')]
  const tableOf = (part: string) => part.slice(0, part.lastIndexOf('.'))
  const goes = (part: string) => !added.has(part) && !gone.has(tableOf(part)) && !made.has(tableOf(part))
  // What a phase makes for itself, or renames out of the way, and drops again was never there for anybody else.
  const became = all('becomes')
  const passing = new Set([
    ...[...gone].filter((object) => made.has(object) || became.has(object)),
    ...[...left].filter((object) => made.has(object)),
  ])
  const lost = [...gone].filter((object) => !passing.has(object))
  const columns = [...all('dropsColumns')].filter(goes)
  const parts = [...all('dropsParts')].filter(goes)
  const unplaced = parts.filter((part) => !part.includes('.'))
  const drops = [...lost, ...columns, ...parts.filter((part) => part.includes('.'))]
  const changes = [...new Set(members.flatMap(touched))].filter(
    (object) => !drops.includes(object) && !passing.has(object),
  )
  const alters = changes.filter((object) => !made.has(object))
  const opaque = members.filter(({ isOpaque }) => isOpaque).map(({ migration }) => migration)
  const outward = reasons.filter(
    ({ before, after }) => phaseOf.get(after) === phase && phaseOf.get(before) !== phase,
  )
  const byPhase = new Map(
    outward.toReversed().map(({ before, because }) => [(phaseOf.get(before) ?? 0) + 1, because]),
  )
  const dependsOn = [...byPhase.keys()].filter((id) => id <= phase).toSorted((a, b) => a - b)
  const habits = dependsOn.filter((id) =>
    outward.every(({ before, isHabit }) => (phaseOf.get(before) ?? 0) + 1 !== id || isHabit),
  )
  const [subject = ''] = draft.subjects
  return {
    id: phase + 1,
    name: `${String(phase + 1).padStart(2, '0')}-${toSlug(subject)}`,
    migrations: members.map(({ migration }) => migration),
    changes,
    drops,
    dependsOn,
    dependsBecause: Object.fromEntries(habits.map((id) => [id, byPhase.get(id) ?? ''])),
    risk: lost.length + columns.length + opaque.length > 0 ? 'high' : alters.length > 0 ? 'medium' : 'low',
    why: [
      ...(members.length > 1
        ? [
            draft.subjects.has(ALONE)
              ? 'no other migration has to do with any of them'
              : `all of them are about ${subject}`,
          ]
        : []),
      ...dependsOn.map((id) => `after phase ${id}: ${byPhase.get(id)}`),
      ...[...byPhase]
        .filter(([id]) => id > phase + 1)
        .map(([, because]) => `no order helps: ${because} later`),
      ...(alters.length > 0 ? [`changes what is there already: ${alters.join(', ')}`] : []),
      ...(drops.length > 0 ? [`drops ${drops.join(', ')}`] : []),
      ...unplaced.map(
        (name) =>
          `drops ${name}, an index that none of the files creates: add it to drops behind the name of its table`,
      ),
      ...(opaque.length > 0
        ? [`could not be parsed, so a person has to place it: ${opaque.join(', ')}`]
        : []),
    ],
  }
}

function touched({ creates, changes, drops }: Touches): readonly string[] {
  return [...new Set([...creates.keys(), ...changes.keys(), ...drops.keys()])]
}

function toSlug(name: string): string {
  return name
    .replace(/^\d+_/, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
}
