import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { expect, inject, it } from 'vitest'
import { openClient, withClient } from './with-client.ts'

const url = inject('postgresUrl')

async function fetchPid(client: pg.Client): Promise<number> {
  return (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid ?? 0
}

function isAlive(pid: number): Promise<boolean> {
  return withClient(url, async (client) => {
    // A backend needs a moment to notice that its client has left.
    await sleep(50)
    return (await client.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).rowCount === 1
  })
}

it('shows its name to whoever looks at the server', async () => {
  const fetchName = (client: pg.Client) => client.query(`SELECT current_setting('application_name') AS name`)
  expect((await withClient(url, fetchName)).rows).toEqual([{ name: 'phaseproof' }])
  const named = await withClient(url, fetchName, { applicationName: 'phaseproof test' })
  expect(named.rows).toEqual([{ name: 'phaseproof test' }])
})

it('ends the connection when its work is done, and when that fails', async () => {
  expect(await isAlive(await withClient(url, fetchPid))).toBe(false)
  let pid = 0
  const failing = withClient(url, async (client) => {
    pid = await fetchPid(client)
    throw new Error('a reason of its own')
  })
  await expect(failing).rejects.toThrow('a reason of its own')
  expect(await isAlive(pid)).toBe(false)
})

it('passes the answer of Postgres on as it is', async () => {
  const refused = withClient(url, (client) => client.query('SELECT nowhere'))
  await expect(refused).rejects.toMatchObject({ code: '42703' })
  const missing = new URL(url)
  missing.pathname = '/phaseproof_nowhere'
  await expect(openClient(missing.href)).rejects.toMatchObject({ code: '3D000' })
})

it('rejects the next query, and lives on, when the backend dies between two', async () => {
  const broken = withClient(url, async (client) => {
    const pid = await fetchPid(client)
    const gone = new Promise((resolve) => client.once('end', resolve))
    await withClient(url, (other) => other.query('SELECT pg_terminate_backend($1, 5000)', [pid]))
    await gone
    return client.query('SELECT 1')
  })
  await expect(broken).rejects.toThrow(/not queryable|connection error|terminated/)
})

it('gives up on a server that accepts and says nothing', async () => {
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as { port: number }
  try {
    const late = openClient(`postgresql://a@127.0.0.1:${port}/b`, { connectTimeoutMs: 100 })
    await expect(late).rejects.toThrow(/timeout/)
  } finally {
    silent.close()
  }
})
