import * as z from 'zod'
import type { RoleDescription } from '../../model/cluster.ts'
import type {
  DatabaseConditions,
  DatabaseSetting,
  SequencePosition,
  SnapshotManifest,
  SnapshotTable,
} from '../../model/snapshot.ts'
import { always, count, flag, list, mapping, type ShapeOf, text } from './fields.ts'
import { appliedPolicy, leakProof, recordedAnswers, sha256 } from './proof-schema.ts'
import { toFaults } from './to-faults.ts'

/** The manifest, or everything that is wrong with it. */
type ParsedManifest =
  | { readonly ok: true; readonly manifest: SnapshotManifest }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Path of a table's data file inside a snapshot folder. */
export function toDataFile(namespace: string, name: string): string {
  return `data/${namespace}.${name}.copy`
}

/** Parses `manifest.json` strictly: unknown keys, wrong types and contradictions are all listed together. */
export function parseManifest(json: string): ParsedManifest {
  let root: unknown
  try {
    root = JSON.parse(json)
  } catch (error) {
    return { ok: false, faults: [toSyntaxFault(error, json)] }
  }
  const known = ofKnownFormat.safeParse(root, REPORTING)
  if (!known.success) return toRefusal(known.error)
  const parsed = manifest.safeParse(root, REPORTING)
  return parsed.success ? { ok: true, manifest: parsed.data } : toRefusal(parsed.error)
}

const REPORTING = { reportInput: true }

function toRefusal({ issues }: z.ZodError): ParsedManifest {
  return { ok: false, faults: toFaults(issues, 'the manifest') }
}

/** A point in time as a manifest holds it. */
export const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

// A table's name becomes part of a path: no separator, so that a manifest cannot point outside of its folder.
const pathSafe = text('a name without path separators', /^[^/\\\p{Cc}]+$/u)

const columns = list(text('a column name')).refine(
  (names) => new Set(names).size === names.length,
  'names a column twice',
)

const table: z.ZodType<SnapshotTable> = mapping({
  namespace: pathSafe,
  name: pathSafe,
  file: text(),
  columns,
  rows: count(),
  sourceRows: count().exactOptional(),
  sizeBytes: count(),
  sha256,
} satisfies ShapeOf<SnapshotTable>)
  .refine(({ namespace, name, file }) => file === undefined || file === toDataFile(namespace, name), {
    ...always,
    path: ['file'],
    error: 'should be data/<namespace>.<name>.copy of this table, is another',
  })
  .refine(({ rows, sourceRows }) => sourceRows === undefined || !(sourceRows < rows), {
    ...always,
    path: ['sourceRows'],
    error: 'should be as many as rows or more, is fewer',
  })

const tables = list(table).superRefine((all, context) => {
  const files = all.map(({ file }) => file)
  files.forEach((file, index) => {
    const first = files.indexOf(file)
    if (first !== index)
      context.addIssue({ code: 'custom', path: [index], message: `is the same table as tables[${first}]` })
  })
})

const sequence: z.ZodType<SequencePosition> = mapping({
  namespace: text('a name'),
  name: text('a name'),
  lastValue: text('a whole number as text, or null', /^-?\d+$/).nullable(),
  isCalled: flag,
  behind: flag,
} satisfies ShapeOf<SequencePosition>)

const setting: z.ZodType<DatabaseSetting> = mapping({
  // It becomes part of a statement.
  name: text('the name of a setting', /^[A-Za-z][\w.]*$/),
  value: z.string('should be a text'),
} satisfies ShapeOf<DatabaseSetting>)

const conditions: z.ZodType<DatabaseConditions> = mapping({
  encoding: text('an encoding'),
  locale: text('a provider and a locale'),
  settings: list(setting),
  extensions: list(mapping({ name: text('a name'), version: text('a version') })),
} satisfies ShapeOf<DatabaseConditions>)

const role: z.ZodType<RoleDescription> = mapping({
  name: text('a name'),
  superuser: flag,
  createrole: flag,
  createdb: flag,
  bypassrls: flag,
  inherit: flag,
  login: flag,
  replication: flag,
  memberOf: list(mapping({ role: text('a name'), admin: flag, inherit: flag, set: flag })),
  settings: list(text('name=value', /^[^=]+=/)),
} satisfies ShapeOf<RoleDescription>)

const roles = list(role).refine(
  (all) => new Set(all.map(({ name }) => name)).size === all.length,
  'names a role twice',
)

const postgres = mapping({ version: text('a version such as 17.4', /^\d+/), major: count() }).refine(
  ({ version, major }) => Number.parseInt(version, 10) === major,
  { path: ['major'], error: 'should be the major of postgres.version, is another' },
)

const manifest: z.ZodType<SnapshotManifest> = mapping({
  format: z.literal(1),
  name: text(),
  takenAt: text('an ISO 8601 date and time with zone', INSTANT),
  postgres,
  tables,
  roles: roles.exactOptional(),
  databaseOwner: text('a name').exactOptional(),
  schema: mapping({ 'schema/pre-data.sql': sha256, 'schema/post-data.sql': sha256 }),
  digest: sha256,
  sequences: list(sequence).exactOptional(),
  conditions: conditions.exactOptional(),
  sanitised: mapping({ method: text(), by: text() }),
  policy: appliedPolicy.exactOptional(),
  preconditions: recordedAnswers.exactOptional(),
  leakProof: leakProof.exactOptional(),
  seal: sha256.exactOptional(),
} satisfies ShapeOf<SnapshotManifest>)

// Another format may have other keys: saying that it is unknown is all that helps.
const ofKnownFormat = z.looseObject(
  { format: z.literal(1, 'should be 1, the only format known here') },
  'should be an object',
)

/** The parser's own words quote what they stumbled over. */
function toSyntaxFault(error: unknown, json: string): string {
  if (json.trim() === '') return 'is not JSON: it is empty'
  const position = Number((error as Error).message.match(/position (\d+)/)?.[1] ?? json.length)
  const lines = json.slice(0, position).split('\n')
  return `is not JSON: it cannot be read from line ${lines.length}, column ${(lines.at(-1) as string).length + 1} on`
}
