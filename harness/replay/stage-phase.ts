import type { Migration } from '../model/history.ts'

/**
 * Compares names by their UTF-8 bytes, which is the order Prisma applies migrations in. A locale's order, or JavaScript's own order of
 * UTF-16 units, differs for upper case, punctuation and rare characters.
 */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/**
 * The migrations a deploy of this phase has in its folder, in Prisma's order: what the history records already and what the phases so
 * far name, nothing of a later phase. `recorded` and `names` are migration names; a recorded name without a folder is no fault here.
 */
export function stagePhase(
  all: readonly Migration[],
  recorded: Iterable<string>,
  names: Iterable<string>,
): readonly Migration[] {
  const wanted = new Set([...recorded, ...names])
  return all.filter((migration) => wanted.has(migration.name)).sort((a, b) => compareBytes(a.name, b.name))
}
