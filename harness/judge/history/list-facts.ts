import type { MigrationEffects } from '../../model/history-audit.ts'
import type { SchemaModel } from '../../model/schema-model.ts'
import { listParts } from '../differences.ts'
import { toShortName } from '../look-up.ts'
import { toObjects } from '../to-objects.ts'

/** What a catalog says, flat: definition by key. Rights, settings and comments are no facts: they differ from place to place. */
export type Facts = ReadonlyMap<string, string>

/** Separates what a fact is about from the part of it; no name holds one. */
const SEPARATOR = '\u0000'

/** Lists the facts of a schema: tables, their parts, and objects outside tables. A later version of an extension is the same fact. */
export function listFacts(schema: SchemaModel): Facts {
  const facts = new Map<string, string>()
  for (const table of schema.tables) {
    const key = `table ${table.namespace}.${table.name}`
    facts.set(key, '')
    for (const [part, definition] of listParts(table)) facts.set(`${key}${SEPARATOR}${part}`, definition)
  }
  for (const { kind, name, properties } of toObjects(schema)) {
    for (const property of properties.filter(({ effect }) => effect === 'behaviour')) {
      const key = `${kind} ${name}${property.name === 'definition' ? '' : `${SEPARATOR}${property.name}`}`
      facts.set(key, kind === 'extension' ? '' : property.definition)
    }
  }
  return facts
}

/** What changed between two states of a catalog. */
export function toEffects(migration: string, before: Facts, after: Facts): MigrationEffects {
  const changed = [...after].filter(([key, definition]) => before.get(key) !== definition)
  return {
    migration,
    set: Object.fromEntries(changed),
    removed: [...before.keys()].filter((key) => !after.has(key)),
  }
}

/** The table or object that a fact is a part of; null for a table or object itself. */
export function wholeOf(key: string): string | null {
  const at = key.indexOf(SEPARATOR)
  return at === -1 ? null : key.slice(0, at)
}

/** A fact as a person names it: `column trips.note`, `table trips`, `index trips_status_idx of trips`. */
export function nameFact(key: string): string {
  const whole = wholeOf(key)
  const [kind = '', ...rest] = (whole ?? key).split(' ')
  const name = toShortName(rest.join(' '))
  if (whole === null) return `${kind} ${name}`
  const part = key.slice(whole.length + 1)
  const column = kind === 'table' ? /^column (.+)$/s.exec(part)?.[1] : undefined
  return column === undefined
    ? `${part} of ${kind === 'table' ? '' : `${kind} `}${name}`
    : `column ${name}.${column}`
}
