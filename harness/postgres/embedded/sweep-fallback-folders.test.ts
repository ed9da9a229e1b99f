import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweepFallbackFolders, writeProject } from './sweep-fallback-folders.ts'

const prefix = `phaseproof-${process.getuid?.()}-`
let temporary: string

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'sweep-'))
})

afterEach(() => rmSync(temporary, { recursive: true }))

function makeFolder(name: string, project: string | null): string {
  const folder = join(temporary, name)
  mkdirSync(join(folder, 'cluster', 'data'), { recursive: true })
  if (project !== null) writeProject(folder, join(project, '.phaseproof'))
  return folder
}

describe('the sweep of prepared clusters outside of their projects', () => {
  it('removes one whose project is gone', () => {
    const folder = makeFolder(`${prefix}0123456789ab`, join(temporary, 'gone'))
    sweepFallbackFolders(temporary, prefix)
    expect(existsSync(folder)).toBe(false)
  })

  it.each([
    ['of a project that is there', `${prefix}0123456789ab`, () => temporary],
    ['that names no project', `${prefix}0123456789ab`, () => null],
    ['of another account', 'phaseproof-99999-0123456789ab', () => join(temporary, 'gone')],
    ['of another name', `${prefix}ci`, () => join(temporary, 'gone')],
  ])('leaves one %s', (_, name, project) => {
    const folder = makeFolder(name, project())
    sweepFallbackFolders(temporary, prefix)
    expect(existsSync(folder)).toBe(true)
  })

  it.runIf(process.platform === 'linux')('leaves one whose server runs', () => {
    const folder = makeFolder(`${prefix}0123456789ab`, join(temporary, 'gone'))
    // A process by that name is all that can be told of a server from outside.
    const pid = join(folder, 'cluster', 'data', 'postmaster.pid')
    writeFileSync(pid, `${process.pid}\n`)
    const title = process.title
    process.title = 'postgres'
    try {
      sweepFallbackFolders(temporary, prefix)
    } finally {
      process.title = title
    }
    expect(existsSync(folder)).toBe(true)
  })
})
