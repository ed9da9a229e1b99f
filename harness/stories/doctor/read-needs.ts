import { parseStatements } from '../../ground/sql/list-statements.ts'

/** What SQL needs of a server beyond a bare Postgres. */
export interface ServerNeeds {
  readonly extensions: ReadonlySet<string>
  readonly collations: ReadonlySet<string>
}

/** Reads what SQL texts need, by Postgres' own parser; a text that it refuses needs nothing that we know of. */
export async function readNeeds(texts: readonly string[]): Promise<ServerNeeds> {
  const extensions = new Set<string>()
  const collations = new Set<string>()
  for (const text of texts) {
    for (const { node } of (await parseStatements(text)) ?? []) {
      if ('CreateExtensionStmt' in node) extensions.add(node.CreateExtensionStmt.extname ?? '')
      findCollations(node, collations)
    }
  }
  return { extensions, collations }
}

type Name = readonly { readonly String?: { readonly sval?: string } }[]

/** A column says `collname`, an index `collation`. */
function findCollations(value: unknown, into: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) findCollations(inner, into)
  const { collname, collation } = value as { readonly collname?: Name; readonly collation?: Name }
  for (const path of [collname, collation]) {
    const name = Array.isArray(path) ? path.at(-1)?.String?.sval : undefined
    if (name !== undefined) into.add(name)
  }
}
