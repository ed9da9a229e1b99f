import { readFreeMemory } from '../postgres/memory-space.ts'

const enoughBytes = 4 * 1024 ** 3
const memory = '/dev/shm'

/**
 * The environment in which tests put temporary folders into memory, where there is plenty and nobody named another place: a cluster is
 * a thousand files, which a disk makes and removes slowly.
 */
export function temporaryPlace(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const isQuick = env.TMPDIR === undefined && readFreeMemory(memory) >= enoughBytes
  return isQuick ? { TMPDIR: memory } : {}
}
