import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ToolProject } from '../../model/tool.ts'
import { readSnapshot } from '../../snapshot/read-snapshot.ts'
import { finders } from '../../tool/finders.ts'
import { tools } from '../../tool/tools.ts'
import type { ScenarioStart } from './render-scenario.ts'

/**
 * A start per snapshot under `snapshots/`, with what its history records that the migrations folder holds; the empty database where
 * there is none.
 * @throws snapshot-invalid
 */
export async function findStarts(
  root: string,
  { tool, migrations }: Pick<ToolProject, 'tool' | 'migrations'>,
): Promise<readonly ScenarioStart[]> {
  const folder = join(root, 'snapshots')
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'manifest.json')))
    : []
  if (names.length === 0) return [{ name: 'from-empty', snapshot: null, recorded: [] }]
  const known = new Set(existsSync(join(root, migrations)) ? readdirSync(join(root, migrations)) : [])
  return Promise.all(
    names.map(async (name) => {
      const recorded = await readRecorded(join(folder, name), tool)
      return { name, snapshot: `snapshots/${name}`, recorded: recorded.filter((entry) => known.has(entry)) }
    }),
  )
}

async function readRecorded(folder: string, tool: string): Promise<readonly string[]> {
  const { manifest } = await readSnapshot(folder)
  const history = manifest.tables.find(({ name }) => name === tools[tool]?.historyTable)
  const finder = finders[tool]
  if (!history || !finder) return []
  return finder.toRecorded(history.columns, await readFile(join(folder, history.file), 'utf8'))
}
