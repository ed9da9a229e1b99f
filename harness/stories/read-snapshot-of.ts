import { resolve } from 'node:path'
import { HarnessError } from '../model/error.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Snapshot, SnapshotManifest } from '../model/snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { listUncopied, type ScaledRows, toScaledRows } from '../snapshot/scale/to-scaled-rows.ts'
import { historyTables } from '../tool/tools.ts'

/**
 * Reads the snapshot of a scenario, and what `--scale` asks of it.
 * @throws snapshot-invalid; usage when it asks for what is not there
 */
export async function readSnapshotOf(
  scenario: Scenario,
  projectRoot: string,
  scale: string | undefined,
): Promise<{ readonly snapshot: Snapshot | null; readonly scaled: ScaledRows | null }> {
  const snapshot =
    scenario.snapshot === null ? null : await readSnapshot(resolve(projectRoot, scenario.snapshot))
  if (scale === undefined) return { snapshot, scaled: null }
  if (snapshot) return { snapshot, scaled: toScaledRows(scale, snapshot.manifest, historyTables) }
  const fault = `scenario ${scenario.name} starts from an empty database`
  throw new HarnessError('usage', `--scale: ${fault}.`, 'Run it without --scale.', { faults: [fault] })
}

/** The limit that multiplied rows put on a proof, as a sentence or two. */
export function describeScale(manifest: SnapshotManifest, scaled: ScaledRows): string {
  const tables = Object.entries(scaled).map(([label, rows]) => {
    const before = manifest.tables.find((table) => `${table.namespace}.${table.name}` === label)?.rows ?? 0
    return `${label} ${before.toLocaleString('en-US')} to ${rows.toLocaleString('en-US')}`
  })
  const empty = listUncopied(manifest)
  return [
    `Rows were multiplied by invented copies (${tables.join(', ')}): this shows size, not production's values.`,
    ...(empty.length === 0 ? [] : [`Without a row to copy stayed ${empty.join(', ')}.`]),
  ].join(' ')
}
