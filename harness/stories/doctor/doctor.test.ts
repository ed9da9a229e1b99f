import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { renderChecks } from './check.ts'
import { checkDisk, checkFolders, checkNode } from './check-machine.ts'
import { toAbilityChecks } from './check-server.ts'
import { checkTool } from './check-tool.ts'
import { readNeeds } from './read-needs.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-doctor-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('the doctor', () => {
  it.for([
    ['20.18.3', 'failed'],
    ['20.19.0', 'ok'],
    ['18.20.0', 'failed'],
    ['24.1.0', 'ok'],
  ])('says of Node %s: %s', ([version = '', state]) => {
    expect(checkNode(version).state).toBe(state)
  })

  it.for([
    ['fails where there is no project and no scenario', null, 'failed'],
    ['warns where a scenario may name what it could not find', 'export default {}', 'warning'],
  ] as const)('%s', async ([, scenario, state]) => {
    if (scenario !== null) {
      mkdirSync(join(root, 'scenarios', 'own'), { recursive: true })
      writeFileSync(join(root, 'scenarios', 'own', 'scenario.ts'), scenario)
    }
    writeFileSync(join(root, 'package.json'), '{ "name": "invented" }')
    expect((await checkTool(root)).checks.map((check) => check.state)).toEqual([state])
  })

  it('reads the extensions and collations that SQL needs', async () => {
    const needs = await readNeeds([
      'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"; CREATE TABLE a (n text COLLATE "de-x-icu");',
      'CREATE EXTENSION postgis; CREATE INDEX ON a (n COLLATE "C");',
      'no SQL at all',
    ])
    expect([...needs.extensions]).toEqual(['uuid-ossp', 'postgis'])
    expect([...needs.collations]).toEqual(['de-x-icu', 'C'])
  })

  it('fails for an extension that the server lacks, and names a way', () => {
    const none = new Set<string>()
    const checks = toAbilityChecks(
      { extensions: new Set(['citext', 'postgis']), collations: none },
      { extensions: new Set(['citext']), collations: none },
    )
    expect(checks).toMatchObject([
      {
        state: 'failed',
        found: 'this server lacks postgis',
        remedy: expect.stringContaining('PHASEPROOF_POSTGRES_IMAGE'),
      },
      { state: 'ok' },
    ])
  })

  it('finds room on the disk, and the right to write', async () => {
    expect((await checkDisk(root)).found).toMatch(/GiB free/)
    expect(checkFolders(root)).toMatchObject([{ state: 'ok' }])
  })

  it.for([0o600, 0o755])('fails where a file of mode %i stands in the place of a folder', (mode) => {
    writeFileSync(join(root, 'reports'), '', { mode })
    expect(checkFolders(root)).toMatchObject([{ state: 'failed', found: expect.stringContaining('reports') }])
  })

  it('writes what to do below what is wrong', () => {
    const text = renderChecks([
      { subject: 'Node', state: 'ok', found: '22.1.0' },
      { subject: 'disk', state: 'failed', found: '0.1 GiB free', remedy: 'Make room.' },
    ])
    expect(text).toBe('  ✓ Node  22.1.0\n  ✗ disk  0.1 GiB free\n          Make room.')
  })
})
