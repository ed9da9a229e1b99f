import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokenScenario } from './shop.ts'

/** Folders under `scenarios/broken/` that hold a scenario, in order; `healthy` and `healthy-api` are among them. */
export function listBroken(): readonly string[] {
  const here = import.meta.dirname
  return readdirSync(here)
    .filter((name) => existsSync(join(here, name, 'scenario.ts')))
    .sort()
}

/** The scenario of a folder and the finding that it must end with. */
export async function importBroken(folder: string): Promise<BrokenScenario> {
  return (await import(`./${folder}/scenario.ts`)) as BrokenScenario
}
