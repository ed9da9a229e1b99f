import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { runPhaseproof } from '../testing/run-phaseproof.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-init-'))
  mkdirSync(join(root, 'prisma'))
  writeFileSync(
    join(root, 'package.json'),
    '{ "private": true, "devDependencies": { "prisma": "7.10.0" } }\n',
  )
  writeFileSync(join(root, 'prisma/schema.prisma'), 'datasource db {\n  provider = "postgresql"\n}\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const init = (...args: readonly string[]) => runPhaseproof(['init', ...args], () => {}, {}, root)

describe('init', () => {
  it('shows the files and writes none while nobody agrees', async () => {
    const { code, stderr } = await init()
    expect(stderr).toContain('scenarios/from-empty/scenario.ts')
    expect(stderr).toContain('Nothing was written.')
    expect(code).toBe(2)
    expect(readdirSync(root).sort()).toEqual(['package.json', 'prisma'])
  })

  it('drafts a policy from a database, and leaves what is there alone when it runs again', async () => {
    await withTestDatabase(inject('postgresUrl'), async (url) => {
      await query(url, 'CREATE TABLE patient (id serial PRIMARY KEY, "fullName" text)')
      const { code, stderr } = await init('--yes', '--no-check', '--url', url)
      expect(stderr).toContain('production.policy.yaml: a draft')
      expect(code).toBe(0)
    })
    expect(readFileSync(join(root, 'production.policy.yaml'), 'utf8')).toContain('public.patient')
    expect(existsSync(join(root, 'scenarios/from-empty/scenario.ts'))).toBe(true)
    const again = await init('--yes', '--no-check')
    expect(again.stderr).toContain('Everything is there already')
  })
})
