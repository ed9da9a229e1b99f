import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeShopProject } from '../testing/shop-project.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
let project: ReturnType<typeof makeShopProject>

beforeAll(() => {
  project = makeShopProject()
})
afterAll(() => project.remove())

/** Proves a scenario whose only migration is this SQL. */
function prove(name: string, sql: string) {
  project.addScenario(name)
  project.write(join('migrations', name, '20260101090000_orders', 'migration.sql'), `${sql}\n`)
  const args = ['prove', '1', '--scenario', name, '--no-contracts', '--postgres', 'embedded']
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), main, ...args],
    {
      cwd: project.root,
      encoding: 'utf8',
    },
  )
  return { status, stderr }
}

describe('what the server lacks is no fault of a migration', () => {
  it.each([
    [
      'extension',
      'CREATE TABLE "orders" ();\nCREATE EXTENSION vector;',
      'no extension "vector"',
      'pgvector/pgvector:pg17',
    ],
    [
      'collation',
      'CREATE TABLE "orders" (name text COLLATE "de_DE");',
      'no collation "de_DE"',
      'localedef -i de_DE',
    ],
  ])(
    '%s: exit 3 names it, the file and where it is to be had',
    (name, sql, lacks, remedy) => {
      const { status, stderr } = prove(`lacks-${name}`, sql)
      expect(stderr).toContain(lacks)
      expect(stderr).toContain(`migrations/lacks-${name}/20260101090000_orders/migration.sql`)
      expect(stderr).toContain(remedy)
      expect(status).toBe(3)
    },
    60_000,
  )

  it('a collation that nobody made is one', () => {
    const { status } = prove('lacks-own', 'CREATE TABLE "orders" (name text COLLATE "by_price");')
    expect(status).toBe(1)
  }, 60_000)
})
