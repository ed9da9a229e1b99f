import type { JsonPath, Rule } from '../../model/policy.ts'
import { isKept, type JsonLeaf, type JsonNode, toJsonTree } from './json-tree.ts'
import { type Mask, type MaskContext, Unmaskable } from './mask.ts'

/** Receives each place in a document that the policy does not cover. Paths hold no values. */
export type JsonReport = (path: string, problem: string) => void

/** Makes the mask of a rule. It is passed in, because documents hold values of every rule. */
type ToMask = (rule: JsonPath['rule'], context: MaskContext) => Mask

/**
 * Masks each value of a document by the rule of its path. Keys, order, digits of numbers and white space stay.
 * @throws Unmaskable for what the policy does not cover, unless `report` takes it
 */
export function toJsonMask(
  rule: Extract<Rule, { kind: 'json' }>,
  context: MaskContext,
  toMask: ToMask,
  report: JsonReport = refuse,
): Mask {
  const tree = toJsonTree(rule.paths, (path) => toLeaf(path, context, toMask))
  return (value, subject) => new Rewriter(value, subject, report).rewrite(tree)
}

function toLeaf({ rule }: JsonPath, context: MaskContext, toMask: ToMask): JsonLeaf {
  const text = toMask(rule, { ...context, form: 'text', maxLength: null })
  const number = toMask(rule, { ...context, form: 'integer', maxLength: null })
  const leaf = { kind: rule.kind, text, number }
  if (rule.kind === 'null') return { ...leaf, whole: 'null' }
  if (rule.kind !== 'constant') return leaf
  return { ...leaf, whole: isScalar(rule.value) ? rule.value : JSON.stringify(rule.value) }
}

const refuse: JsonReport = (path, problem) => {
  throw new Unmaskable(`${problem} at ${path}`)
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/
const isScalar = (text: string) => NUMBER.test(text) || text === 'true' || text === 'false'
const DEEPEST = 512
const [QUOTE, BACKSLASH, COMMA, OPEN_BRACE, CLOSE_BRACE, OPEN_LIST, CLOSE_LIST, LETTER_N] = [
  34, 92, 44, 123, 125, 91, 93, 110,
]

/** Walks one document and copies all but the values that change. Postgres has checked the grammar already. */
class Rewriter {
  private readonly text: string
  private readonly subject: string
  private readonly report: JsonReport
  private readonly path: string[] = []
  private at = 0
  private out = ''
  private copied = 0

  constructor(text: string, subject: string, report: JsonReport) {
    this.text = text
    this.subject = subject
    this.report = report
  }

  rewrite(tree: JsonNode): string {
    this.value(tree)
    return this.copied === 0 ? this.text : this.out + this.text.slice(this.copied)
  }

  private value(node: JsonNode): void {
    if (this.path.length > DEEPEST) throw new Unmaskable('a document nested too deep')
    this.space()
    const first = this.text.charCodeAt(this.at)
    if (first === OPEN_BRACE || first === OPEN_LIST) this.container(node, first)
    else this.scalar(node, first)
  }

  private container(node: JsonNode, first: number): void {
    const from = this.at
    const whole = node.leaf?.whole
    const inside = whole === undefined ? node : undefined
    if (first === OPEN_BRACE) this.object(inside)
    else this.list(inside)
    if (whole !== undefined) this.replace(from, whole)
  }

  /** Walks an object. Without a node it only finds the end. */
  private object(node: JsonNode | undefined): void {
    this.at += 1
    for (;;) {
      this.space()
      const char = this.text.charCodeAt(this.at)
      this.at += 1
      if (char === CLOSE_BRACE) return
      if (char === COMMA) continue
      this.at -= 1
      const key = this.string()
      this.space()
      this.at += 1
      this.path.push(key)
      const named = node?.keys.get(key)
      if (!named && node?.anyKey && !NAME.test(key) && !isKept(node.anyKey)) {
        this.report(showPath(this.path), 'a key that may be data, where the policy treats values only')
      }
      this.below(node, named ?? node?.anyKey)
      this.path.pop()
    }
  }

  private list(node: JsonNode | undefined): void {
    this.at += 1
    for (;;) {
      this.space()
      const char = this.text.charCodeAt(this.at)
      if (char === CLOSE_LIST || char === COMMA) this.at += 1
      if (char === CLOSE_LIST) return
      if (char === COMMA) continue
      this.path.push('[]')
      this.below(node, node?.element)
      this.path.pop()
    }
  }

  private below(parent: JsonNode | undefined, node: JsonNode | undefined): void {
    if (parent === undefined) this.skip()
    else if (node) this.value(node)
    else {
      this.report(showPath(this.path), 'a path that the policy does not list')
      this.skip()
    }
  }

  private skip(): void {
    this.space()
    const first = this.text.charCodeAt(this.at)
    if (first === OPEN_BRACE) this.object(undefined)
    else if (first === OPEN_LIST) this.list(undefined)
    else if (first === QUOTE) this.skipString()
    else this.word()
  }

  private scalar(node: JsonNode, first: number): void {
    const from = this.at
    const isString = first === QUOTE
    if (isString) this.skipString()
    else this.word()
    if (first === LETTER_N) return
    const leaf = node.leaf
    if (leaf === undefined) this.report(showPath(this.path), 'a value where the policy lists none')
    else if (leaf.whole !== undefined) this.replace(from, leaf.whole)
    else if (leaf.kind === 'keep') return
    else if (isString) this.textLeaf(leaf, from)
    else this.wordLeaf(leaf, from)
  }

  private textLeaf(leaf: JsonLeaf, from: number): void {
    const value = toContent(this.text, from + 1, this.at - 1)
    const masked = this.masked(leaf.text, value)
    if (masked !== value) this.replace(from, masked === null ? 'null' : toJsonString(masked))
  }

  private wordLeaf(leaf: JsonLeaf, from: number): void {
    const raw = this.text.slice(from, this.at)
    if (raw === 'true' || raw === 'false') {
      if (leaf.kind === 'enum') this.masked(leaf.text, raw)
      else this.report(showPath(this.path), 'a boolean where the rule takes texts')
    } else {
      const masked = this.masked(leaf.number, raw)
      this.replace(from, masked === null ? 'null' : NUMBER.test(masked) ? masked : JSON.stringify(masked))
    }
  }

  private masked(mask: Mask, value: string): string | null {
    try {
      return mask(value, this.subject)
    } catch (error) {
      if (!(error instanceof Unmaskable)) throw error
      this.report(showPath(this.path), error.message)
      return null
    }
  }

  private replace(from: number, json: string): void {
    this.out += this.text.slice(this.copied, from) + json
    this.copied = this.at
  }

  /** Moves behind a string and returns its content. */
  private string(): string {
    const from = this.at + 1
    this.skipString()
    return toContent(this.text, from, this.at - 1)
  }

  private skipString(): void {
    const from = this.at + 1
    let end = this.text.indexOf('"', from)
    while (isEscaped(this.text, end, from)) end = this.text.indexOf('"', end + 1)
    this.at = end + 1
  }

  private word(): void {
    while (this.at < this.text.length && !isEnd(this.text.charCodeAt(this.at))) this.at += 1
  }

  private space(): void {
    while (this.text.charCodeAt(this.at) <= 32) this.at += 1
  }
}

/** The text of a JSON string between two positions, quotes excluded. */
function toContent(text: string, from: number, end: number): string {
  const raw = text.slice(from, end)
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw
}

/** A faster JSON.stringify for texts that need nothing but quotes. */
function toJsonString(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code === QUOTE || code === BACKSLASH || code > 0x7e) return JSON.stringify(text)
  }
  return `"${text}"`
}

function isEscaped(text: string, at: number, from: number): boolean {
  if (text.charCodeAt(at - 1) !== BACKSLASH) return false
  let backslashes = 0
  while (at - 1 - backslashes >= from && text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1
  return backslashes % 2 === 1
}

function isEnd(code: number): boolean {
  return code === COMMA || code === CLOSE_BRACE || code === CLOSE_LIST || code <= 32
}

/** A key that an author chose: a word without identifier, date or number. */
const NAME = /^(?!.*\d{4})[A-Za-z_][A-Za-z_0-9-]{0,40}$/

/** A path as the policy writes it. A key that could be somebody's data is not shown. */
function showPath(path: readonly string[]): string {
  const shown = path.map((step) => {
    if (step === '[]') return step
    return NAME.test(step) ? `.${step}` : `.<a key of ${step.length} characters>`
  })
  return `$${shown.join('')}`
}
