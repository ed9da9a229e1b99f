import type { FoundRename } from './renames-of.ts'

/** Is this the same definition, once each name that became another one is written as the new one? */
export function isSameButForNames(
  was: string | null,
  is: string | null,
  renames: readonly Pick<FoundRename, 'from' | 'to'>[],
): boolean {
  if (was === null || is === null || renames.length === 0) return false
  const names = new Map(renames.map(({ from, to }) => [toLast(from), toLast(to)]))
  const words = was
    .replaceAll('"', '')
    .replaceAll(/[\p{L}_][\p{L}\p{N}_$]*/gu, (word) => names.get(word) ?? word)
  return words === is.replaceAll('"', '')
}

function toLast(name: string): string {
  return name.split('.').at(-1) ?? name
}
