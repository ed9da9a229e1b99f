import type { SnapshotManifest, SnapshotTable } from '../../model/snapshot.ts'
import { toMessage } from '../to-message.ts'
import { type Fields, isFields, ManifestFields, SHA256 } from './manifest-fields.ts'
import { parseAppliedPolicy, parseLeakProof } from './parse-proof.ts'

/** The manifest, or everything that is wrong with it. */
export type ParsedManifest =
  | { readonly ok: true; readonly manifest: SnapshotManifest }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Path of a table's data file inside a snapshot folder. */
export function toDataFile(namespace: string, name: string): string {
  return `data/${namespace}.${name}.copy`
}

/** Parses `manifest.json` strictly: unknown keys, wrong types and contradictions are all listed together. */
export function parseManifest(text: string): ParsedManifest {
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    return { ok: false, faults: [`is not JSON: ${toMessage(error)}`] }
  }
  const check = new ManifestCheck()
  const manifest = check.manifest(root)
  return check.faults.length === 0 ? { ok: true, manifest } : { ok: false, faults: check.faults }
}

/** A point in time as a manifest holds it. */
export const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
// A table's name becomes part of a path: no separator, so that a manifest cannot point outside of its folder.
const PATH_SAFE = /^[^/\\\p{Cc}]+$/u

class ManifestCheck extends ManifestFields {
  manifest(value: unknown): SnapshotManifest {
    const keys = [
      'format',
      'name',
      'takenAt',
      'postgres',
      'tables',
      'schema',
      'digest',
      'sanitised',
      'policy',
      'leakProof',
      'seal',
    ]
    // Another format may have other keys: saying that it is unknown is all that helps.
    if (isFields(value) && value.format !== 1) {
      this.fault('format', 'should be 1, the only format known here', value.format)
      return value as unknown as SnapshotManifest
    }
    const fields = this.fields(value, 'the manifest', keys)
    return {
      format: 1,
      name: this.text(fields.name, 'name'),
      takenAt: this.text(fields.takenAt, 'takenAt', INSTANT, 'an ISO 8601 date and time with zone'),
      postgres: this.postgres(fields.postgres),
      tables: this.tables(fields.tables),
      schema: this.schema(fields.schema),
      digest: this.text(fields.digest, 'digest', SHA256, 'a SHA-256 in lower-case hex'),
      sanitised: this.sanitised(fields.sanitised),
      ...(fields.policy !== undefined && { policy: parseAppliedPolicy(this, fields.policy) }),
      ...(fields.leakProof !== undefined && { leakProof: parseLeakProof(this, fields.leakProof) }),
      ...(fields.seal !== undefined && {
        seal: this.text(fields.seal, 'seal', SHA256, 'a SHA-256 in lower-case hex'),
      }),
    }
  }

  private postgres(value: unknown): SnapshotManifest['postgres'] {
    const fields = this.fields(value, 'postgres', ['version', 'major'])
    const version = this.text(fields.version, 'postgres.version', /^\d+/, 'a version such as 17.4')
    const major = this.count(fields.major, 'postgres.major')
    if (version !== '' && Number.parseInt(version, 10) !== major) {
      this.fault('postgres.major', `should be the major of version ${version}`, fields.major)
    }
    return { version, major }
  }

  private schema(value: unknown): SnapshotManifest['schema'] {
    const fields = this.fields(value, 'schema', ['schema/pre-data.sql', 'schema/post-data.sql'])
    const hash = (key: keyof SnapshotManifest['schema']) =>
      this.text(fields[key], `schema["${key}"]`, SHA256, 'a SHA-256 in lower-case hex')
    return {
      'schema/pre-data.sql': hash('schema/pre-data.sql'),
      'schema/post-data.sql': hash('schema/post-data.sql'),
    }
  }

  private sanitised(value: unknown): SnapshotManifest['sanitised'] {
    const fields = this.fields(value, 'sanitised', ['method', 'by'])
    return {
      method: this.text(fields.method, 'sanitised.method'),
      by: this.text(fields.by, 'sanitised.by'),
    }
  }

  private tables(value: unknown): readonly SnapshotTable[] {
    if (!Array.isArray(value)) {
      this.fault('tables', 'should be a list', value)
      return []
    }
    const tables = value.map((table, index) => this.table(table, `tables[${index}]`))
    const files = tables.map((table) => table.file)
    for (const file of new Set(files.filter((file, index) => files.indexOf(file) !== index))) {
      this.faults.push(`tables: "${file}" is listed twice`)
    }
    return tables
  }

  private table(value: unknown, at: string): SnapshotTable {
    const keys = ['namespace', 'name', 'file', 'columns', 'rows', 'sourceRows', 'sizeBytes', 'sha256']
    const fields = this.fields(value, at, keys)
    const namespace = this.text(
      fields.namespace,
      `${at}.namespace`,
      PATH_SAFE,
      'a name without path separators',
    )
    const name = this.text(fields.name, `${at}.name`, PATH_SAFE, 'a name without path separators')
    const file = this.text(fields.file, `${at}.file`)
    if (file !== '' && file !== toDataFile(namespace, name)) {
      this.fault(`${at}.file`, `should be "${toDataFile(namespace, name)}"`, file)
    }
    return {
      namespace,
      name,
      file,
      columns: this.columns(fields.columns, `${at}.columns`),
      rows: this.count(fields.rows, `${at}.rows`),
      ...(fields.sourceRows !== undefined && { sourceRows: this.sourceRows(fields, at) }),
      sizeBytes: this.count(fields.sizeBytes, `${at}.sizeBytes`),
      sha256: this.text(fields.sha256, `${at}.sha256`, SHA256, 'a SHA-256 in lower-case hex'),
    }
  }

  private sourceRows({ rows, sourceRows }: Fields, at: string): number {
    const count = this.count(sourceRows, `${at}.sourceRows`)
    if (count < Number(rows)) this.fault(`${at}.sourceRows`, `should be ${rows} or more`, sourceRows)
    return count
  }

  private columns(value: unknown, at: string): readonly string[] {
    if (!Array.isArray(value) || value.some((column) => typeof column !== 'string' || column === '')) {
      this.fault(at, 'should be a list of column names', value)
      return []
    }
    if (new Set(value).size !== value.length) this.faults.push(`${at}: names a column twice`)
    return value as readonly string[]
  }
}
