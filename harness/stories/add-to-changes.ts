/** Longest line that a list on one line may become, in characters. */
const LINE_WIDTH = 100

/**
 * The text of a phase with names added to its `changes`, everything else untouched, in the list's own layout and quotes.
 * @returns null when the text has not exactly one such list
 */
export function addToChanges(text: string, names: readonly string[]): string | null {
  const list = findList(text, 'changes')
  if (list === null) return null
  const quote = toQuote(text.slice(list.from, list.to), text)
  const written = names.map(
    (name) => `${quote}${name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`,
  )
  return addElements(text, list, written)
}

/**
 * The text of a phase with a declaration such as `inserts: [{ … }]` added to its list, or to a new list below `changes`.
 * @returns null when the text has not exactly one such list, or no place for a new one
 */
export function addDeclaration(text: string, list: string, element: string): string | null {
  const code = blankTexts(text)
  if (new RegExp(`\\b${list}\\b`).test(code)) {
    const found = findList(text, list)
    return found && addElements(text, found, [element])
  }
  const changes = findList(text, 'changes')
  const before = changes && /^[ \t]*(?=changes\b)/.exec(text.slice(text.lastIndexOf('\n', changes.from) + 1))
  if (!changes || !before) return null
  const rest = text.slice(changes.to + 1).replace(/^,/, '')
  return `${text.slice(0, changes.to + 1)},\n${before[0]}${list}: [${element}],${rest}`
}

/** Where the elements of a list stand. */
interface ListPlace {
  readonly from: number
  readonly to: number
  readonly code: string
}

function findList(text: string, name: string): ListPlace | null {
  const code = blankTexts(text)
  const lists = [...code.matchAll(new RegExp(`\\b${name}\\s*:\\s*\\[`, 'g'))]
  const [list] = lists
  if (list === undefined || lists.length !== 1) return null
  const from = list.index + list[0].length
  const to = findEnd(code, from)
  return to === null ? null : { from, to, code }
}

function addElements(text: string, { from, to, code }: ListPlace, written: readonly string[]): string {
  const inner = text.slice(from, to)
  const added = inner.includes('\n')
    ? addLines(inner, code.slice(from, to), written)
    : addInLine(text.slice(text.lastIndexOf('\n', from) + 1, from), inner, written)
  return text.slice(0, from) + added + text.slice(to)
}

/** The text with its strings and comments blanked, so that places stay the same. */
function blankTexts(text: string): string {
  const texts = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g
  return text.replaceAll(texts, (found) => found.replaceAll(/[^\n]/g, found.startsWith('/') ? ' ' : '_'))
}

function findEnd(code: string, from: number): number | null {
  let depth = 1
  for (let at = from; at < code.length; at++) {
    if ('[({'.includes(code.charAt(at))) depth++
    else if ('])}'.includes(code.charAt(at)) && --depth === 0) return at
  }
  return null
}

function toQuote(inner: string, text: string): string {
  const [first] = /['"]/.exec(inner) ?? []
  return first ?? (text.split('"').length > text.split("'").length ? '"' : "'")
}

function addInLine(before: string, inner: string, written: readonly string[]): string {
  const kept = inner.trim().replace(/,$/, '')
  const all = [...(kept === '' ? [] : [kept]), ...written].join(', ')
  if (before.length + all.length < LINE_WIDTH) return all
  const indent = /^\s*/.exec(before)?.[0] ?? ''
  const deeper = indent + (indent.includes('\t') ? '\t' : '  ')
  const elements = [...(kept === '' ? [] : kept.split(/,\s*(?![^{]*\})/)), ...written]
  return `\n${elements.map((element) => `${deeper}${element},\n`).join('')}${indent}`
}

function addLines(inner: string, code: string, written: readonly string[]): string {
  const last = code.trimEnd().length
  const needsComma = last > 0 && !code.trimEnd().endsWith(',')
  const elements = needsComma ? `${inner.slice(0, last)},${inner.slice(last)}` : inner
  const end = elements.trimEnd().length
  const indent = /\n([ \t]*)\S/.exec(elements)?.[1] ?? `${/\n([ \t]*)$/.exec(elements)?.[1] ?? ''}  `
  return elements.slice(0, end) + written.map((name) => `\n${indent}${name},`).join('') + elements.slice(end)
}
