import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replaceFile } from '../proof-files.ts'
import { appendToJournal, readJournal } from './journal-file.ts'
import { tellNote } from './tell-journal.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof journal '))
})
afterEach(() => rmSync(root, { recursive: true }))

const file = () => join(root, 'reports/shop/journal.jsonl')
const add = (result: string) =>
  appendToJournal(root, 'shop', { who: 'ops', what: 'note', phase: null, result })

describe('a journal', () => {
  it('takes entries of two that add at once, one behind the other', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map(add))
    const { entries, faults } = readJournal(root, 'shop')
    expect([entries.map(({ number }) => number), faults]).toEqual([[1, 2, 3, 4], []])
  })

  it('takes nothing more once its chain is broken', async () => {
    await add('a')
    await add('b')
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('"a"', '"x"'))
    await expect(add('c')).rejects.toThrow(/its chain is broken \(line 1: entry 1 was changed\)/)
  })

  it('misses the entry of a decision that lies beside it', async () => {
    await add('a')
    replaceFile(join(root, 'reports/shop/gate-2.json'), '{}\n')
    expect(readJournal(root, 'shop').faults).toEqual([expect.stringContaining('gate-2.json: no entry tells')])
  })

  it('hides the password of a URL in a note', async () => {
    await tellNote({ projectRoot: root, who: 'ops' }, 'shop', {
      text: 'ran on postgresql://u:hidden@h/d',
      phase: null,
      ticks: [],
    })
    expect(readFileSync(file(), 'utf8')).not.toContain('hidden')
  })
})
