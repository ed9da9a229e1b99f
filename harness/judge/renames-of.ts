import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { PartIdentity, TableContent } from '../model/content.ts'
import { toShortName } from './look-up.ts'

/** A table, or a part of one, that goes on under another name. */
export interface FoundRename {
  readonly what: 'table' | 'column' | PartIdentity['what']
  /** `trips`, `trips.note`; the table of a part by its name before. */
  readonly from: string
  /** The table of a part by its name after. */
  readonly to: string
  /** Name of the table before, `namespace.table`. */
  readonly table: string
}

/** What bears another name after a phase, told by the identities that Postgres keeps through a rename. */
export function renamesOf({
  before,
  after,
}: Pick<PhaseEvidence, 'before' | 'after'>): readonly FoundRename[] {
  const now = new Map(after.content.tables.map((table) => [table.oid, table]))
  return before.content.tables.flatMap((was) => {
    const is = now.get(was.oid)
    if (is === undefined) return []
    const [from, to] = [toName(was), toName(is)]
    const table = `${was.namespace}.${was.name}`
    const columns = was.columns.flatMap(({ number, name }): FoundRename[] => {
      const column = is.columns.find((entry) => entry.number === number)
      if (column === undefined || column.name === name) return []
      return [{ what: 'column', from: `${from}.${name}`, to: `${to}.${column.name}`, table }]
    })
    const parts = was.parts.flatMap(({ what, oid, name }): FoundRename[] => {
      const part = is.parts.find((entry) => entry.what === what && entry.oid === oid)
      if (part === undefined || part.name === name) return []
      return [{ what, from: `${from}.${name}`, to: `${to}.${part.name}`, table }]
    })
    return [...(from === to ? [] : [{ what: 'table' as const, from, to, table }]), ...columns, ...parts]
  })
}

function toName({ namespace, name }: TableContent): string {
  return toShortName(`${namespace}.${name}`)
}
