import type { Finding } from '../model/finding.ts'

/** A finding, and those that it explains. */
export interface FindingGroup {
  readonly cause: Finding
  /** In the order in which they were found; empty when it stands for itself. */
  readonly effects: readonly Finding[]
}

/**
 * Puts findings together that have one cause: requests that name a table or column which is found missing, and claims that fail in
 * the very same words. Pure; no finding is lost, and the first of each group keeps its place.
 */
export function groupByCause(findings: readonly Finding[]): FindingGroup[] {
  const missing = findings.flatMap(toMissing)
  const groups = new Map<string, { cause: Finding; effects: Finding[] }>()
  const roots = new Map(missing.map(({ finding, name }) => [finding, name]))
  for (const [position, finding] of findings.entries()) {
    const root = roots.get(finding)
    const key = root ?? toKey(finding, missing) ?? `alone ${position}`
    const group = groups.get(key)
    if (!group) groups.set(key, { cause: finding, effects: [] })
    else if (root !== undefined && !roots.has(group.cause)) {
      // A claim that failed of it was found before what is missing itself.
      group.effects.unshift(group.cause)
      group.cause = finding
    } else group.effects.push(finding)
  }
  return [...groups.values()]
}

interface Missing {
  readonly finding: Finding
  readonly name: string
  readonly words: RegExp
}

/** What a finding says is not there, and how messages of servers and databases name it. */
function toMissing(finding: Finding): Missing[] {
  if (finding.kind !== 'missing-column' && finding.kind !== 'missing-table') return []
  const name = finding.kind === 'missing-column' ? `${finding.table}.${finding.column}` : finding.table
  const last = finding.kind === 'missing-column' ? finding.column : finding.table.replace(/^.*\./, '')
  const word = `(?<![\\w])${last.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w])`
  return [{ finding, name: `missing ${name}`, words: new RegExp(word) }]
}

/** The missing thing that a claim fails of, or its words; null for what stands for itself. */
function toKey(finding: Finding, missing: readonly Missing[]): string | null {
  const text = toText(finding)
  if (text === null) return null
  const named = missing.filter(({ words }) => words.test(text))
  const [only] = named
  if (only && named.length === 1) return only.name
  const words = text.replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[a-z0-9]{24,}\b|\d+/gi, '#')
  return words === '' ? null : JSON.stringify([finding.kind, finding.phase, words])
}

/** What a claim about the API failed with; null for findings about the database. */
function toText(finding: Finding): string | null {
  switch (finding.kind) {
    case 'contract-failed':
    case 'contract-broken':
    case 'earlier-server-broken':
      return finding.message
    case 'endpoint-failed':
      return finding.reason
    case 'endpoint-violates-contract':
      return [finding.check, finding.status, finding.pointer, finding.expected, finding.got].join(' ')
    default:
      return null
  }
}

/** What a finding is about, in a word or two, for a list of many. Pure. */
export function nameSubject(finding: Finding): string {
  if ('test' in finding) return finding.test
  if ('request' in finding) return finding.request
  return finding.expectation
}
