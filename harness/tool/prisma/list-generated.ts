import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Folders that `prisma generate` writes for the client of the old generator, below or beside a `node_modules`: an installer does not
 * know of them, and servers run what is in them.
 */
export function listGenerated(packages: string): string[] {
  const client = join(packages, '@prisma', 'client')
  const beside = existsSync(client) ? [join(dirname(dirname(realpathSync(client))), '.prisma')] : []
  return [...new Set([join(packages, '.prisma'), ...beside])].filter((folder) => existsSync(folder))
}
