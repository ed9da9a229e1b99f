import { execFileSync } from 'node:child_process'
import { NotAsPromised } from './try-repository.ts'

const needed = [
  'package/dist/index.d.ts',
  'package/dist/cli/main.js',
  'package/dist/vitest/contract-test.d.ts',
  'package/dist/inspect/queries/columns.sql',
  'package/docs/findings/missing-column.md',
]

/**
 * Looks into the tarball: what must be there is, and nothing is that only this repository needs.
 * @throws NotAsPromised
 */
export function assertPackage(tarball: string): void {
  const files = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
  const missing = needed.filter((file) => !files.includes(file))
  const extra = files.filter(
    (file) =>
      /(?<!\.d)\.[cm]?ts$|\.test\.|\/(testing|fixtures|scenarios|snapshots|bench|harness)\//.test(file) &&
      !file.startsWith('package/dist/snapshot/'),
  )
  if (missing.length + extra.length === 0) return
  throw new NotAsPromised(
    `the tarball lacks ${missing.join(', ') || 'nothing'}; too much is ${extra.join(', ')}`,
  )
}
