/** Longest line that a list on one line may become, in characters. */
const LINE_WIDTH = 100

/**
 * The text of a phase with names added to its `changes`, everything else untouched, in the list's own layout and quotes.
 * @returns null when the text has not exactly one such list
 */
export function addToChanges(text: string, names: readonly string[]): string | null {
  const code = blankTexts(text)
  const lists = [...code.matchAll(/\bchanges\s*:\s*\[/g)]
  const [list] = lists
  if (list === undefined || lists.length !== 1) return null
  const from = list.index + list[0].length
  const to = findEnd(code, from)
  if (to === null) return null
  const inner = text.slice(from, to)
  const quote = toQuote(inner, text)
  const written = names.map(
    (name) => `${quote}${name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`,
  )
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
  const elements = [...(kept === '' ? [] : kept.split(/,\s*/)), ...written]
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
