import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimFolder, removeOwned, sweepOwned } from './owned-folder.ts'
import { readOwnIdentity } from './process-identity.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'phaseproof test owned '))
})
afterEach(() => rmSync(parent, { recursive: true }))

const twoDaysAgo = new Date(Date.now() - 48 * 60 * 60 * 1000)

function leave(name: string, owner: unknown, changed = new Date()): void {
  mkdirSync(join(parent, name, 'data'), { recursive: true })
  writeFileSync(join(parent, `${name}.owner`), typeof owner === 'string' ? owner : JSON.stringify(owner))
  utimesSync(join(parent, `${name}.owner`), changed, changed)
}

it('tells whose a folder is before there is one, and nothing is left of either', () => {
  const folder = claimFolder(parent, 'raw-')
  expect(existsSync(folder)).toBe(false)
  expect(readdirSync(parent)).toEqual([expect.stringMatching(/^raw-[0-9a-f]{16}\.owner$/)])
  mkdirSync(folder)
  writeFileSync(join(folder, 'rows'), 'raw')
  removeOwned(folder)
  expect(readdirSync(parent)).toEqual([])
})

describe('a sweep', () => {
  const own = readOwnIdentity()

  it.each<[string, unknown, Date | undefined, boolean]>([
    ['of a process that is gone', { ...own, started: 'before' }, undefined, true],
    ['of a process that lives', own, twoDaysAgo, false],
    ['of another host, today', { ...own, host: 'elsewhere' }, undefined, false],
    ['of another host, long ago', { ...own, host: 'elsewhere' }, twoDaysAgo, true],
    ['whose owner is half written', '{"host"', undefined, false],
    ['whose owner was never written', '', twoDaysAgo, true],
  ])('treats a folder %s as it must', (_, owner, changed, removed) => {
    leave('one', owner, changed)
    sweepOwned(parent, '', () => true)
    expect(readdirSync(parent)).toEqual(removed ? [] : ['one', 'one.owner'])
  })

  it('leaves folders of another name alone, and those it is told to leave', () => {
    leave('raw-1', { ...own, started: 'before' })
    leave('raw-2', { ...own, started: 'before' })
    leave('other', { ...own, started: 'before' })
    sweepOwned(parent, 'raw-', (folder) => !folder.endsWith('2'))
    expect(readdirSync(parent).sort()).toEqual(['other', 'other.owner', 'raw-2', 'raw-2.owner'])
  })
})
