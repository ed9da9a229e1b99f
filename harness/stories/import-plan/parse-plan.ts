import { type Block, listBlocks } from './list-blocks.ts'
import { findPhaseNames, type PhaseNames } from './phase-names.ts'
import { listMigrationNames, readBlock } from './read-block.ts'
import { type Topic, toGreater, toMinutes, toRiskOfTitle, toTopic } from './topics.ts'
import type { Said, Unread, WrittenPhase, WrittenPlan } from './written-plan.ts'

/** Reads a plan from its document. What it could not read is told with its line; a document that counts no phases has none. */
export async function parsePlan(markdown: string): Promise<WrittenPlan> {
  const blocks = await listBlocks(markdown)
  const title = blocks.find(({ kind }) => kind === 'heading')?.text ?? ''
  const names = findPhaseNames(blocks)
  if (names === null) return { title, phases: [], inventory: [], unread: [], prose: [] }
  const reading = new Reading(names)
  for (const block of blocks) reading.take(block)
  return { title, ...reading.end() }
}

/** Where a block stands: what the headings and labels above it say. */
interface Above {
  /** 0 for labels, by which items of lists are nested; negative for headings, the greater ones first. */
  readonly depth: number
  readonly numbers: readonly string[]
  readonly topic: Topic | null
  /** It begins a phase, as against a part of the document that comes back to one. */
  readonly isPhase: boolean
  readonly text: string
  readonly line: number
}

/** A line that nobody could read, and what it is of. */
interface Missed {
  readonly line: number
  readonly of: string
  readonly what: string
}

class Reading {
  readonly #names: PhaseNames
  readonly #phases = new Map<string, WrittenPhase>()
  readonly #inventory: Said[] = []
  readonly #unread: Missed[] = []
  /** Words outside of the phases, by the line of the heading they stand under. */
  readonly #prose = new Map<number, { title: string; count: number }>()
  #above: Above[] = []

  constructor(names: PhaseNames) {
    this.#names = names
  }

  end(): Pick<WrittenPlan, 'phases' | 'inventory' | 'unread' | 'prose'> {
    return {
      phases: [...this.#phases.values()],
      inventory: this.#inventory,
      unread: fold(this.#unread),
      prose: [...this.#prose].map(([line, { title, count }]) => ({
        line,
        what: `"${shorten(title)}", ${count === 1 ? 'a line' : `${count} lines`}`,
      })),
    }
  }

  take(block: Block): void {
    if (block.kind === 'row') {
      this.#takeRow(block)
      return
    }
    if (block.kind === 'heading' || block.label !== null) {
      if (this.#announce(block)) return
    } else if (this.#begin(block)) return
    else if (block.kind === 'item') this.#leave(block.depth)
    this.#place(block, this.#topic())
  }

  /** A heading or label opens what follows; true where nothing of it is left to read. */
  #announce(block: Block): boolean {
    const { kind, label, rest, text } = block
    const head = label ?? text
    const depth = kind === 'heading' ? block.depth - 10 : block.depth
    const named = this.#names.toNamed(head)
    const topic = toTopic(head)
    const isInPhase = this.#above.some((one) => one.isPhase)
    if (kind !== 'heading' && named === null && topic === null && block.depth > 0) {
      this.#leave(block.depth)
      this.#place({ ...block, rest: text, label: null }, this.#topic())
      return true
    }
    this.#leave(depth)
    if (named !== null && (kind === 'heading' || (rest === '' && (!isInPhase || this.#isLabelled(depth))))) {
      const isNew = !this.#phases.has(named.number)
      // "Phase 4" below "Risks" comes back to it; "Phase 4 rollback" says itself to what, its title does not.
      const own = this.#phases.get(named.number)?.title === toPlainTitle(named.title) ? null : topic
      const found = isNew ? null : (this.#topic() ?? own)
      if (isNew) this.#open(named, block)
      this.#above.push({
        depth,
        numbers: [named.number],
        topic: found,
        isPhase: isNew,
        text: head,
        line: block.line,
      })
      return true
    }
    const numbers = isInPhase ? [] : this.#names.listMentioned(head)
    const inherited = numbers.length > 0 && topic === null ? this.#topic() : topic
    this.#above.push({ depth, numbers, topic: inherited, isPhase: false, text: head, line: block.line })
    if (rest === '' || kind === 'heading') {
      this.#readTitle(head)
      return true
    }
    if (topic === null && numbers.length > 0) this.#place({ ...block, rest: text }, inherited)
    else this.#place(block, topic)
    return true
  }

  /** Whether phases are begun by labels, not headings, at this depth. */
  #isLabelled(depth: number): boolean {
    return this.#above.every((one) => !one.isPhase || one.depth >= depth)
  }

  /** "Goal: …" without any emphasis announces too, where its word is one of those we know. */
  #begin(block: Block): boolean {
    if (block.kind === 'code' || block.hasBox) return false
    const [, word = '', rest = ''] = /^([\p{L}][\p{L} /&-]{1,30}):\s*(.*)$/u.exec(block.text) ?? []
    if (word === '' || toTopic(word) === null) return false
    // "Test the login: it works" is something to try.
    if (block.kind === 'item' && /\s/.test(word.replace(/ (?:level|on|plan)$/i, ''))) return false
    return this.#announce({ ...block, label: word, rest })
  }

  /** A mention of a phase in a heading, such as "High-risk phases: 4", says something already. */
  #readTitle(head: string): void {
    const risk = toRiskOfTitle(head)
    if (risk === null || this.#phasesAbove().length === 0 || this.#topic() !== 'risk') return
    for (const phase of this.#phasesAbove()) phase.risk = toGreater(phase.risk ?? risk, risk)
  }

  #open({ number, title }: { number: string; title: string }, { line }: Block): void {
    const remark = /\s*\(([^()]*)\)?\s*[^\p{L}\p{N})]*$/u.exec(title)?.[1] ?? ''
    if (/complete|done|optional|later|skip|already/i.test(remark))
      this.#unread.push({
        line,
        of: `the title of phase ${number}`,
        what: `nothing is left out for "${remark.trim()}"`,
      })
    this.#phases.set(number, {
      number,
      line,
      title: toPlainTitle(title) || `Phase ${number}`,
      goal: null,
      risk: toRiskOfTitle(title),
      estimateMinutes: toMinutes(remark),
      migrations: [],
      tables: [],
      dependencies: [],
      checks: [],
      rollbackSql: [],
      rollbackWords: [],
      queries: [],
    })
  }

  #leave(depth: number): void {
    this.#above = this.#above.filter((one) => one.depth < depth)
  }

  #topic(): Topic | null {
    // What stands above a phase is about the document, and its title says at most that all of it is a test.
    const from = this.#above.findLastIndex(({ isPhase }) => isPhase)
    const said = this.#above.slice(from + 1).findLast(({ topic }) => topic !== null)?.topic
    const title = this.#above[from]?.text
    return said ?? (title !== undefined && toTopic(title) === 'checks' ? 'checks' : null)
  }

  #phasesAbove(): WrittenPhase[] {
    const numbers = this.#above.findLast((one) => one.numbers.length > 0)?.numbers ?? []
    return numbers.flatMap((number) => this.#phases.get(number) ?? [])
  }

  /** A row is about the phase that its first cell names, else about what stands above. */
  #takeRow(row: Block): void {
    const [first, ...others] = row.cells
    if (first === undefined) return
    const isCounted = /^(?:phase|group|wave|batch|release|stage|step|part|#|no\.?)s?$/i.test(first.column)
    const named = this.#names.toNamed(first.text) ?? (isCounted ? toNumbered(first.text) : null)
    const say = (topic: Topic | null, text: string, codes: readonly string[]) =>
      this.#place({ ...row, kind: 'item', text, rest: text, codes, label: null }, topic)
    if (named !== null && (isCounted || /^\D*$/.test(first.column))) {
      const called = others.find(({ column }) => /^(?:name|title)$/i.test(column))
      if (!this.#phases.has(named.number))
        this.#open({ ...named, title: named.title || (called?.text ?? '') }, row)
      this.#above.push({
        depth: 99,
        numbers: [named.number],
        topic: null,
        isPhase: true,
        text: first.text,
        line: row.line,
      })
      for (const { column, text, codes } of others.filter((cell) => cell !== called))
        say(toTopic(column), text, codes)
      this.#leave(99)
      return
    }
    const topic = toTopic(first.text)
    const [value, ...more] = others
    if (topic !== null && value !== undefined && more.length === 0) {
      say(topic, value.text, value.codes)
      return
    }
    const all = row.cells.map(({ text }) => text).join(' - ')
    say(
      toTopic(first.column) ?? this.#topic(),
      all,
      row.cells.flatMap(({ codes, text }) => (codes.length > 0 ? codes : [text])).slice(0, 1),
    )
  }

  #place(block: Block, topic: Topic | null): void {
    const phases = this.#phasesAbove()
    const said = { line: block.line, text: block.rest, codes: block.codes }
    if (phases.length === 0) {
      this.#placeOutside(block, topic)
      return
    }
    const announced = this.#above.at(-1)?.text ?? ''
    const missed = phases.filter((phase) => !readBlock(phase, said, { block, topic, announced }))
    if (missed.length === 0) return
    const numbers = missed.map(({ number }) => number).join(', ')
    this.#unread.push({ line: block.line, of: `phase ${numbers}`, what: shorten(block.text) })
  }

  /** Outside of the phases lines still speak of them: "Phase 2: 1 hour". */
  #placeOutside(block: Block, topic: Topic | null): void {
    const { line, kind, text, codes } = block
    const [first] = this.#names.listMentioned(text.slice(0, 20))
    const phase = first === undefined ? undefined : this.#phases.get(first)
    const isAbout = topic === 'estimate' || topic === 'risk' || topic === 'dependencies'
    if (phase && isAbout) {
      const rest = text.replace(/^[^:]*:\s*/, '')
      const isRead = readBlock(
        phase,
        { line, text: rest, codes },
        { block: { ...block, rest }, topic, announced: '' },
      )
      if (!isRead) this.#unread.push({ line, of: `phase ${phase.number}`, what: shorten(text) })
      return
    }
    const named = [...new Set([...codes, text].flatMap(listMigrationNames))]
    if (named.length > 0) this.#inventory.push({ line, text, codes: named })
    else if (block.hasBox && this.#above.some((one) => /\b(?:final|overall|all phases)\b/i.test(one.text)))
      [...this.#phases.values()].at(-1)?.checks.push({ line, text, codes })
    else if (block.hasBox) this.#unread.push({ line, of: 'a box of no phase', what: shorten(text) })
    else if (kind === 'code')
      this.#unread.push({ line, of: `${block.language || 'code'} of no phase`, what: shorten(text) })
    else {
      const { line: from = line, text: title = text } = this.#above.findLast(({ depth }) => depth < 0) ?? {}
      this.#prose.set(from, { title, count: (this.#prose.get(from)?.count ?? 0) + 1 })
    }
  }
}

function toNumbered(text: string): { number: string; title: string } | null {
  const [, number, title = ''] = /^(\d+[a-z]?)\b[\s:.)–—-]*(.*)$/i.exec(text) ?? []
  return number === undefined ? null : { number, title }
}

/** Without remarks in brackets about risk or state, and without pictures. */
function toPlainTitle(title: string): string {
  return title
    .replace(/\s*\([^()]*\)?/g, '')
    .replace(/\p{Extended_Pictographic}|\uFE0F/gu, '')
    .replace(/[\s:–—-]+$/, '')
    .trim()
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 70 ? `${line.slice(0, 67)}…` : line
}

/** Lines that follow one another and are of the same are told once. */
function fold(missed: readonly Missed[]): Unread[] {
  const groups: { first: Missed; last: number; count: number }[] = []
  for (const one of [...missed].sort((left, right) => left.line - right.line)) {
    const group = groups.at(-1)
    if (group?.first.of === one.of && one.line - group.last <= 2)
      Object.assign(group, { last: one.line, count: group.count + 1 })
    else groups.push({ first: one, last: one.line, count: 1 })
  }
  return groups.map(({ first: { line, of, what }, last, count }) => ({
    line,
    what: `${of}: ${what}${count > 1 ? `, and what follows up to line ${last}` : ''}`,
  }))
}
