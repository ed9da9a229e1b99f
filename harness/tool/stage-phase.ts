import type { Migration } from '../model/history.ts'

/**
 * The migrations a deploy of this phase has in its folder, in the order they are given in, which is the tool's: what the history records
 * already and what the phases so far name. A recorded name without a folder is no fault here.
 */
export function stagePhase(
  all: readonly Migration[],
  recorded: Iterable<string>,
  names: Iterable<string>,
): readonly Migration[] {
  const wanted = new Set([...recorded, ...names])
  return all.filter((migration) => wanted.has(migration.name))
}
