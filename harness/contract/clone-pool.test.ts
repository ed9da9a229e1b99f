import { describe, expect, it } from 'vitest'
import { openClonePool } from './clone-pool.ts'

function startPool(ahead = 2) {
  const made: string[] = []
  const dropped: string[] = []
  const pool = openClonePool(async (template) => {
    const url = `${template}${made.filter((url) => url.startsWith(template)).length}`
    made.push(url)
    return { url, appUrl: url, drop: async () => void dropped.push(url) }
  }, ahead)
  return { pool, made, dropped }
}

describe('a pool of clones', () => {
  it('makes what is planned before it is asked for, as many as it may', async () => {
    const { pool, made } = startPool()
    pool.plan(['a', 'b', 'a'])
    expect(made).toEqual(['a0', 'b0'])
    expect((await pool.take('a')).url).toBe('a0')
    expect(made).toEqual(['a0', 'b0', 'a1'])
  })

  it('hands out what nobody planned', async () => {
    const { pool } = startPool()
    expect((await pool.take('c')).url).toBe('c0')
  })

  it('makes room when what was planned is not asked for', async () => {
    const { pool, dropped } = startPool()
    pool.plan(['a', 'a', 'a', 'b', 'b'])
    expect((await pool.take('b')).url).toBe('b0')
    await pool.close()
    expect(dropped).toContain('a0')
  })

  it('drops every clone that it made, used or not', async () => {
    const { pool, made, dropped } = startPool()
    pool.plan(['a', 'b', 'a'])
    pool.giveBack(await pool.take('a'))
    await pool.close()
    expect(dropped.sort()).toEqual(made.sort())
  })

  it('makes none after its end', async () => {
    const { pool, made } = startPool(1)
    pool.plan(['a', 'b'])
    await pool.close()
    expect(made).toEqual(['a0'])
  })

  it('passes on why a clone could not be made', async () => {
    const pool = openClonePool(() => Promise.reject(new Error('no room')), 1)
    pool.plan(['a'])
    await expect(pool.take('a')).rejects.toThrow('no room')
  })
})
