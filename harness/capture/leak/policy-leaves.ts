import type { Policy, Rule } from '../../model/policy.ts'
import { type JsonLeaf, type JsonNode, toJsonTree } from '../mask/json-tree.ts'

/** A rule that is applied to single values. */
export type LeafRule = Exclude<Rule, { kind: 'json' }>

/** Receives each single value of a column that is not NULL, with its rule; null where the policy lists none. */
type VisitLeaf = (value: string, rule: LeafRule | null) => void

/** Splits the text of a column into the values its rule applies to: elements of arrays, places in documents. */
export type SplitValue = (text: string, visit: VisitLeaf) => void

/** The function that splits the values of a column. */
export function toSplitValue(rule: Rule, type: string): SplitValue {
  const isArray = type.endsWith('[]')
  const one = rule.kind === 'json' ? toSplitJson(rule) : toVisit(rule)
  // These replace an array as a whole; what stood in it is looked for element by element all the same.
  if (!isArray) return one
  return (text, visit) => {
    for (const element of toArrayElements(text)) one(element, visit)
  }
}

const toVisit =
  (rule: LeafRule): SplitValue =>
  (text, visit) =>
    visit(text, rule)

/** The elements of a Postgres array that are not NULL, nested ones too. Source: array_out. */
function* toArrayElements(text: string): Generator<string> {
  // Bounds such as `[0:2]=` stand before the braces.
  const body = text.slice(Math.max(0, text.indexOf('{')))
  for (const [token] of body.matchAll(/"(?:[^"\\]|\\.)*"|[^{},"]+/gs)) {
    if (token.startsWith('"')) yield token.slice(1, -1).replace(/\\(.)/gs, '$1')
    else if (token.toUpperCase() !== 'NULL') yield token
  }
}

interface RuleLeaf extends JsonLeaf {
  readonly rule: LeafRule
}

function toSplitJson(rule: Extract<Rule, { kind: 'json' }>): SplitValue {
  const tree = toJsonTree(rule.paths, (path): RuleLeaf => {
    const same = (value: string) => value
    return { kind: path.rule.kind, text: same, number: same, rule: path.rule }
  })
  return (text, visit) => {
    let document: unknown
    try {
      document = JSON.parse(LONG_NUMBER.test(text) ? withNumbersAsTexts(text) : text)
    } catch {
      // `json` as a constant or as the text of another type: one value without a rule of its own.
      return visit(text, null)
    }
    walk(document, tree, visit)
  }
}

/** More digits than a JavaScript number can hold: a card, a device, a phone with its country. */
const LONG_NUMBER = /\d{16}/

function withNumbersAsTexts(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  )
}

function walk(value: unknown, node: JsonNode | undefined, visit: VisitLeaf): void {
  const leaf = node?.leaf as RuleLeaf | undefined
  const inherited = leaf?.rule.kind === 'null' || leaf?.rule.kind === 'constant' ? node : undefined
  if (Array.isArray(value)) {
    for (const element of value) walk(element, inherited ?? node?.element, visit)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      walk(inner, inherited ?? node?.keys.get(key) ?? node?.anyKey, visit)
    }
  } else if (value !== null) visit(String(value), leaf?.rule ?? null)
}

/** A column of a table as the policy treats it. */
export interface PolicyColumn {
  /** `<namespace>.<table>.<column>`, for people. */
  readonly label: string
  readonly rule: Rule
  readonly type: string
  /** Rules of its single values: one, or one for each path of a document. */
  readonly leaves: readonly LeafRule[]
}

/** The columns of a table by name; none for a table that stays whole or whose rows are left out. */
export function toPolicyColumns(policy: Policy, table: string): ReadonlyMap<string, PolicyColumn> {
  const found = policy.tables[table]
  if (!found || found.whole) return new Map()
  return new Map(
    Object.entries(found.columns).map(([name, { rule, type }]) => {
      const leaves = rule.kind === 'json' ? rule.paths.map((path) => path.rule) : [rule]
      return [name, { label: `${table}.${name}`, rule, type, leaves }]
    }),
  )
}
