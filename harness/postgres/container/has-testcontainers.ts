import { createRequire } from 'node:module'

/** Are the packages there that start a container? Whoever takes the embedded Postgres need not have them. */
export function hasTestcontainers(): boolean {
  const { resolve } = createRequire(import.meta.url)
  try {
    resolve('testcontainers')
    resolve('@testcontainers/postgresql')
    return true
  } catch {
    return false
  }
}
