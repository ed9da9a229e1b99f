import { listMigrationNames } from './read-block.ts'
import type { Risk } from './topics.ts'
import type { Said, Unread, WrittenPhase, WrittenPlan } from './written-plan.ts'

/** What the repository holds, beside the document. */
interface Ground {
  /** Names in the folder, in the order in which the tool applies them. */
  readonly folder: readonly string[]
  /** Names that production's history records. */
  readonly recorded: ReadonlySet<string>
}

/** A phase as the scenario gets it. */
export interface PlacedPhase {
  readonly id: number
  /** Folder name: `04-transport`. */
  readonly name: string
  /** Line of the document; null for the phase that holds what the plan forgot. */
  readonly line: number | null
  readonly title: string
  readonly goal: string
  readonly risk: Risk
  readonly dependsOn: readonly number[]
  readonly estimateMinutes: number
  readonly migrations: readonly string[]
  readonly recorded: readonly string[]
  readonly changes: readonly string[]
  readonly tables: readonly string[]
  readonly drops: readonly string[]
  readonly todo: readonly string[]
  readonly checks: readonly Said[]
  readonly rollbackSql: readonly Said[]
  readonly queries: readonly Said[]
}

/** The phases of a scenario, and what does not fit together in plan, folder and history. */
export interface PlacedPlan {
  readonly phases: readonly PlacedPhase[]
  /** Recorded migrations of the time before the plan. */
  readonly recorded: readonly string[]
  readonly notes: readonly Unread[]
}

/** Holds a written plan against the folder of migrations and the history: each migration gets exactly one place. Pure. */
export function placePhases({ phases, inventory }: WrittenPlan, ground: Ground): PlacedPlan {
  const notes: Unread[] = []
  const taken = new Map<string, string>()
  const ids = new Map(phases.map(({ number }, at) => [number, at + 1]))
  const placed = phases.map((phase, at): PlacedPhase => {
    const id = at + 1
    if (String(id) !== phase.number)
      notes.push({ line: phase.line, what: `phase ${phase.number} of the plan is phase ${id} here` })
    const { found, todo } = placeMigrations(phase, ground, taken, notes)
    const migrations = ground.folder.filter((name) => found.includes(name) && !ground.recorded.has(name))
    const recorded = ground.folder.filter((name) => found.includes(name) && ground.recorded.has(name))
    const pending = found.filter((name) => migrations.includes(name))
    if (pending.join() !== migrations.join())
      notes.push({
        line: phase.line,
        what: `phase ${phase.number} lists its migrations in an order that the tool does not take; here they are in the tool's`,
      })
    if (recorded.length > 0)
      notes.push({
        line: phase.line,
        what: `phase ${phase.number}: production's history records ${recorded.length} of its ${found.length} migrations already, so a deploy does not run them: ${recorded.join(', ')}`,
      })
    const drops = distinct(phase.tables.filter(({ isDropped }) => isDropped).map(({ name }) => name))
    const changes = distinct(phase.tables.map(({ name }) => name))
    const tables = changes.filter((name) => !drops.includes(name))
    return {
      id,
      name: `${String(id).padStart(2, '0')}-${toSlug(phase.title)}`,
      line: phase.line,
      title: phase.title,
      goal: phase.goal ?? phase.title,
      risk: phase.risk ?? 'medium',
      dependsOn: toDependencies(phase, id, phases, ids, notes),
      estimateMinutes: phase.estimateMinutes ?? 0,
      migrations,
      recorded,
      changes,
      tables,
      drops,
      todo: [
        ...todo,
        ...(found.length === 0 && todo.length === 0
          ? [`name its migrations: the plan names none (line ${phase.line})`]
          : []),
        ...(changes.length === 0
          ? [`state what must be true after it: the plan names no table (line ${phase.line})`]
          : []),
        ...toWaysBack(phase),
        ...phase.queries.map(({ line }) => `state what the query of line ${line} must return`),
      ],
      checks: phase.checks,
      rollbackSql: phase.rollbackSql,
      queries: phase.queries,
    }
  })
  noteGaps(phases, notes)
  const left = ground.folder.filter((name) => !taken.has(name))
  const pending = left.filter((name) => !ground.recorded.has(name))
  for (const { line, codes } of inventory)
    for (const name of codes.filter((code) => !taken.has(code)))
      notes.push({
        line,
        what: `${name} is named, but by no phase${ground.folder.includes(name) ? '' : ', and the folder has none of that name'}`,
      })
  if (left.length > 0)
    notes.push({ line: null, what: `in the folder, and in no phase of the plan: ${left.join(', ')}` })
  return {
    phases: pending.length > 0 ? [...placed, toForgotten(pending, placed.length + 1)] : placed,
    recorded: left.filter((name) => ground.recorded.has(name)),
    notes,
  }
}

function placeMigrations(
  { number, migrations }: WrittenPhase,
  { folder }: Ground,
  taken: Map<string, string>,
  notes: Unread[],
): { found: string[]; todo: string[] } {
  const found: string[] = []
  const todo: string[] = []
  for (const { line, text, codes } of migrations) {
    const looks = distinct([...codes, text].flatMap(listMigrationNames))
    const wanted = looks.length > 0 ? looks : codes.filter((code) => toMatches(code, folder).length > 0)
    if (wanted.length === 0) todo.push(`make a migration for line ${line}: ${text}`)
    for (const name of wanted) {
      const [match, ...others] = toMatches(name, folder)
      const earlier = match === undefined ? undefined : taken.get(match)
      if (match === undefined || others.length > 0) {
        todo.push(
          `find the migration ${name} of line ${line}: the folder has ${match === undefined ? 'none of that name' : 'several of that name'}`,
        )
        notes.push({
          line,
          what: `phase ${number}: ${name} ${match === undefined ? 'is not in the folder' : `may be ${[match, ...others].join(' or ')}`}`,
        })
      } else if (earlier !== undefined)
        notes.push({
          line,
          what: `phase ${number}: ${match} stays in phase ${earlier}, which names it first`,
        })
      else {
        taken.set(match, number)
        found.push(match)
        if (/\balready (?:applied|run|done)\b/i.test(text))
          notes.push({
            line,
            what: `phase ${number}: whether ${match} was applied already, its history tells, not the plan`,
          })
      }
    }
  }
  return { found, todo }
}

/** The whole name; else the folders that have it behind their time, or have that time. */
function toMatches(name: string, folder: readonly string[]): readonly string[] {
  if (folder.includes(name)) return [name]
  return folder.filter(
    (entry) =>
      /^\d+_/.test(entry) && (entry.replace(/^\d+_/, '') === name || /^(\d+)_/.exec(entry)?.[1] === name),
  )
}

function toDependencies(
  phase: WrittenPhase,
  id: number,
  phases: readonly WrittenPhase[],
  ids: ReadonlyMap<string, number>,
  notes: Unread[],
): readonly number[] {
  const needed = new Set<number>()
  for (const { line, text, codes } of phase.dependencies) {
    const numbers = [
      ...text.matchAll(/\b(?:phase|group|wave|batch|release|stage|step|part)s?\s+([\d,\sand&]+)/gi),
    ].flatMap(([, list = '']) => list.match(/\d+/g) ?? [])
    const bare = /^[\d,\s]+$/.test(text) ? (text.match(/\d+/g) ?? []) : []
    const makers = codes.flatMap((code) => {
      const maker = phases.find(({ tables }) => tables.some(({ name }) => name === code))
      return maker === undefined ? [] : [maker.number]
    })
    for (const number of distinct([...numbers, ...bare, ...makers])) {
      const other = ids.get(number)
      if (other !== undefined && other < id) needed.add(other)
      else if (other !== id)
        notes.push({
          line,
          what: `phase ${phase.number} depends on phase ${number}, which ${other === undefined ? 'does not exist' : 'comes later'}: ${text}`,
        })
    }
    if (numbers.length + bare.length + makers.length === 0)
      notes.push({ line, what: `phase ${phase.number} depends on what no phase brings: ${text}` })
  }
  return [...needed].sort((left, right) => left - right)
}

/** A way back in words alone, or none at all, is still to be written. */
function toWaysBack({ line, rollbackSql, rollbackWords }: WrittenPhase): string[] {
  if (rollbackSql.length > 0) return []
  const [first] = rollbackWords
  if (first === undefined) return [`write rollback.sql: the plan has no way back (line ${line})`]
  const words = rollbackWords.map(({ text }) => text.replace(/[.;]$/, '')).join('; ')
  return [`write rollback.sql: the plan has it in words (line ${first.line}): ${words}`]
}

function noteGaps(phases: readonly WrittenPhase[], notes: Unread[]): void {
  for (const { number, line, risk, estimateMinutes } of phases) {
    const missing = [
      ...(risk === null ? ['risk: taken as medium'] : []),
      ...(estimateMinutes === null ? ['estimate: taken as 0 minutes'] : []),
    ]
    if (missing.length > 0) notes.push({ line, what: `phase ${number} has no ${missing.join(', and no ')}` })
  }
}

function toForgotten(migrations: readonly string[], id: number): PlacedPhase {
  return {
    id,
    name: `${String(id).padStart(2, '0')}-not-in-the-plan`,
    line: null,
    title: 'Not in the plan',
    goal: 'What the folder holds and no phase of the plan names',
    risk: 'medium',
    dependsOn: [],
    estimateMinutes: 0,
    migrations,
    recorded: [],
    changes: [],
    tables: [],
    drops: [],
    todo: [
      `find a phase for ${migrations.length === 1 ? 'this migration' : `these ${migrations.length} migrations`}: a deploy runs whatever is pending`,
    ],
    checks: [],
    rollbackSql: [],
    queries: [],
  }
}

function toSlug(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word !== '')
  let slug = ''
  for (const word of words)
    if (slug === '' || slug.length + word.length < 32)
      slug = slug === '' ? word.slice(0, 40) : `${slug}-${word}`
  return slug || 'phase'
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
