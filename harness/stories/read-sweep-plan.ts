import { join } from 'node:path'
import { type ImportModule, importModule } from '../ground/import-module.ts'
import type { SweepPlan } from '../model/contract.ts'
import { HarnessError } from '../model/error.ts'

/**
 * The sweep plan that a scenario names.
 * @param folder the scenario's, absolute
 * @param module path from that folder
 * @throws usage when the module exports no plan
 */
export async function readSweepPlan(
  folder: string,
  module: string,
  load: ImportModule = importModule,
): Promise<SweepPlan> {
  const file = join(folder, module)
  const loaded = (await load(file)) as { default?: SweepPlan }
  if (loaded.default?.rows && loaded.default.users) return loaded.default
  const message = `${file} has no sweep plan as its default export.`
  throw new HarnessError('usage', message, 'Export it: export default defineSweep({ rows, users }).', {
    faults: [message],
  })
}
