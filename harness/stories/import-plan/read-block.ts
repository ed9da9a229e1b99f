import type { Block } from './list-blocks.ts'
import { type Topic, toGreater, toMinutes, toRisk } from './topics.ts'
import type { Said, WrittenPhase } from './written-plan.ts'

/** Where something stands in a phase. */
interface Place {
  readonly block: Block
  readonly topic: Topic | null
  /** The heading or label that it stands under. */
  readonly announced: string
}

/** Takes what a block says into the phase; false where nobody knows what it means. */
export function readBlock(phase: WrittenPhase, said: Said, { block, topic, announced }: Place): boolean {
  if (block.kind === 'code') return readCode(phase, said, block, topic)
  if (block.hasBox) return phase.checks.push(said) > 0
  switch (topic) {
    case 'goal':
      phase.goal = phase.goal === null ? said.text : `${phase.goal} ${said.text}`
      return true
    case 'risk': {
      // "Low-traffic hours" is no risk.
      const isSaid = phase.risk === null || block.label !== null || /\brisk\b/i.test(said.text)
      const risk = isSaid ? toRisk(said.text) : null
      if (risk !== null) phase.risk = toGreater(phase.risk ?? risk, risk)
      return risk !== null
    }
    case 'estimate':
      phase.estimateMinutes = toMinutes(said.text) ?? phase.estimateMinutes
      return toMinutes(said.text) !== null
    case 'migrations':
      return phase.migrations.push(said) > 0
    case 'tables':
      return readTables(phase, said, /\b(?:drop|remov|delet)/i.test(announced))
    case 'dependencies':
      if (!/^(?:none|nothing|no\b|n\/a|-|–|—)/i.test(said.text)) phase.dependencies.push(said)
      return true
    case 'checks':
      return block.kind === 'item' && phase.checks.push(said) > 0
    case 'rollback':
      return phase.rollbackWords.push(said) > 0
    case null:
      return readPlain(phase, said, block)
  }
}

/** What stands in a phase under no heading: its first words are the goal, and names of migrations are what it applies. */
function readPlain(phase: WrittenPhase, said: Said, block: Block): boolean {
  if ([...said.codes, said.text].flatMap(listMigrationNames).length > 0)
    return phase.migrations.push(said) > 0
  if (block.kind !== 'text' || phase.goal !== null || block.label !== null) return false
  phase.goal = said.text
  return true
}

function readCode(phase: WrittenPhase, said: Said, { language, text }: Block, topic: Topic | null): boolean {
  const isSql =
    /sql/.test(language) ||
    (language === '' && /^\s*(?:--|SELECT|ALTER|DROP|CREATE|DELETE|UPDATE|INSERT|BEGIN)\b/i.test(text))
  const isQuery = isSql && /^(?:\s|--.*)*(?:SELECT|WITH|TABLE|SHOW)\b/i.test(text)
  if (!isSql) return false
  if (topic === 'rollback' && !isQuery) return phase.rollbackSql.push(said) > 0
  return isQuery && phase.queries.push(said) > 0
}

/** "`trips`, `units` - with new columns", "trips: new columns", "Drop `trips`"; `trips.note` names its table. */
function readTables(phase: WrittenPhase, { text, codes, line }: Said, areDropped: boolean): boolean {
  const [, verb = '', begin = ''] =
    /^((?:(?:create|add|new|update|alter|change|drop|remove|delete|the|table|column)s?\s+)*)(.*?)(?:\s[-–—]\s|:|\(|$)/i.exec(
      text,
    ) ?? []
  const isList = /^[\w.",;`\s]+$/.test(begin) && (begin.trim() === text.trim() || /^\S+$/.test(begin.trim()))
  const words = begin.split(/[,;\s]+/)
  const listed = codes.length > 0 ? codes.filter((code) => begin.includes(code)) : isList ? words : []
  const named = listed
    .map((name) => name.replaceAll('"', ''))
    .filter((name) =>
      (codes.length > 0 ? /^[A-Za-z_]\w*(?:\.\w+)?$/ : /^[a-z]\w*_?\w*(?:\.\w+)?$/).test(name),
    )
  if (named.length === 0 || named.length < listed.length) return false
  if (!begin.replace(/^"/, '').startsWith(named[0] ?? '')) return false
  const isDropped = areDropped || /\b(?:drop|remove|delete)/i.test(verb)
  for (const name of named) {
    const [table = name, column] = name.split('.')
    phase.tables.push({ name: table, line, isDropped: isDropped && column === undefined })
  }
  return true
}

/** Words that look like the folder of a migration: a time and a name. */
export function listMigrationNames(text: string): string[] {
  const words = text.match(/[\w./-]+/g) ?? []
  const names = words.map((word) => word.replace(/\/(?:migration\.sql)?$/, '').replace(/^.*\//, ''))
  return names.filter((name) => /^\d{8,14}_\w/.test(name)).map((name) => name.replace(/[.-]+$/, ''))
}
