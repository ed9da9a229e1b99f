import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { readDump } from '../capture/dump/open-dump.ts'
import { restoreScript } from '../capture/dump/restore-script.ts'
import { parseOwner } from '../ground/owner.ts'
import type { ClientImage, OpenClientImage } from '../model/ports.ts'
import { silentProgress } from '../model/ports.ts'
import { openClientContainer } from '../postgres/container/client-container.ts'
import { loadSnapshot } from '../snapshot/load-snapshot.ts'
import { AWKWARD_ROWS, AWKWARD_SCHEMA } from '../testing/awkward-tables.ts'
import { captureExample, fetchContent, toExamplePolicy } from '../testing/capture-example.ts'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { query, withTestDatabase } from '../testing/with-test-database.ts'

const whole = { whole: 'test' }
const policy = toExamplePolicy({
  'Second Space.Odd "Table"': whole,
  'public.part': whole,
  'public.tree': whole,
  'public.keyless': whole,
  'public.none': whole,
})

async function withSource(body: (url: string, folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder((parent) =>
    withTestDatabase(inject('postgresUrl'), async (url) => {
      await query(url, AWKWARD_SCHEMA)
      await query(url, AWKWARD_ROWS)
      await body(url, join(parent, 'awkward'))
    }),
  )
}

/** Captures as on a machine without any pg_dump, and gives what was told and the snapshot. */
async function capture(url: string, folder: string, openClientImage: OpenClientImage, changes = {}) {
  const told: string[] = []
  const snapshot = await captureExample(url, folder, policy, {
    schemaFrom: 'auto',
    clientFolders: [],
    openClientImage,
    progress: { step: (text) => void told.push(text), count() {} },
    ...changes,
  })
  return { snapshot, told: told.join('\n') }
}

describe('without a pg_dump that fits', () => {
  it('the schema comes from the catalogs and why is told; asked for pg_dump, it is refused with the way out', async () => {
    await withSource(async (url, folder) => {
      const none = async () => 'no Docker engine answered'
      expect((await capture(url, folder, none)).told).toContain(
        'schema from the catalogs (no pg_dump can read it: none on this machine; no Docker engine answered)',
      )
      await expect(capture(url, folder, none, { schemaFrom: 'pg_dump' })).rejects.toMatchObject({
        code: 'capture-failed',
        message: expect.stringContaining('none on this machine; no Docker engine answered'),
        remedy: expect.stringMatching(/PHASEPROOF_POSTGRES_IMAGE=postgres:\d+-alpine/),
      })
    })
  })

  it('an image whose pg_dump is older than the server is named', async () => {
    await withSource(async (url, folder) => {
      let closed = 0
      const old: ClientImage = {
        image: 'postgres:9-alpine',
        toHost: (host) => host,
        async *run() {
          yield Buffer.from('pg_dump (PostgreSQL) 9.6.24\n')
        },
        close: async () => {
          closed += 1
        },
      }
      const { told } = await capture(url, folder, async () => old)
      expect(told).toContain('postgres:9-alpine has pg_dump 9.6')
      expect(closed).toBe(1)
    })
  })

  it('an engine that does not answer and an image that is not there are reasons, and nothing is fetched', async () => {
    const image = 'phaseproof.invalid/nothing:1'
    const env = { ...process.env, PHASEPROOF_POSTGRES_IMAGE: image }
    expect(await openClientContainer([], env)).toMatch(/^(no Docker engine|the image phaseproof\.invalid)/)
  })
})

/** Containers of one process: other tests may run their own at the same time. */
async function listContainers(pid = process.pid) {
  const { dockerode } = (await (await import('testcontainers')).getContainerRuntimeClient()).container
  const all = await dockerode.listContainers({ all: true, filters: { label: ['phaseproof'] } })
  const ours = all.filter(({ Labels }) => parseOwner(Labels['phaseproof.owner'] ?? '')?.pid === pid)
  return ours.map(({ Id }) => Id)
}

// Shown as skipped, not as passed, where there is no engine to test on.
describe.runIf(process.env.PHASEPROOF_TEST_DOCKER === '1')('client programs of a container image', () => {
  it('dump a schema that loads as its source is; the password stands in nothing that the engine keeps', async () => {
    await withSource(async (url, folder) => {
      const role = `phaseproof_role_test_reader_${Date.now()}`
      const password = `p w"$\`'\\x=é%`
      await query(
        url,
        `CREATE ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}; GRANT pg_read_all_data TO ${role}`,
      )
      const reader = new URL(url)
      reader.username = role
      reader.password = encodeURIComponent(password)
      const seen: string[] = []
      let isOpen = true
      const watched: OpenClientImage = async (files) => {
        const image = await openClientContainer(files)
        if (typeof image === 'string') throw new Error(image)
        const watching = (async () => {
          while (isOpen) for (const id of await listContainers()) seen.push(...(await inspect(id)))
        })()
        const close = async () => {
          isOpen = false
          await watching
          await image.close()
        }
        return { ...image, close }
      }
      try {
        const { snapshot, told } = await capture(reader.href, folder, watched)
        expect(told).toMatch(/schema by pg_dump \d+\.\d+ of \S+$/m)
        expect(seen.some((text) => text.includes('--section=pre-data'))).toBe(true)
        expect(seen.filter((text) => text.includes('p w') || text.includes(password))).toEqual([])
        expect(await listContainers()).toEqual([])
        await withTestDatabase(inject('postgresUrl'), async (copy) => {
          await loadSnapshot(snapshot, copy, { progress: silentProgress })
          expect(await fetchContent(copy)).toEqual(await fetchContent(url))
        })
      } finally {
        await query(url, `DROP OWNED BY ${role}; DROP ROLE ${role}`)
      }
    })
  })

  it('leave out the passwords for other servers that a schema holds', async () => {
    await withSource(async (url, folder) => {
      await query(
        url,
        `CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER lab FOREIGN DATA WRAPPER nothing;
         CREATE USER MAPPING FOR CURRENT_USER SERVER lab OPTIONS ("user" 'labber', password 'hidden-word')`,
      )
      const { snapshot, told } = await capture(url, folder, openClientContainer)
      expect(told).toContain('schema by pg_dump')
      const schema = await readFile(join(snapshot.folder, 'schema/pre-data.sql'), 'utf8')
      expect(schema).toContain('CREATE SERVER lab')
      expect(schema).not.toMatch(/hidden-word|labber|USER MAPPING/)
    })
  })

  it('that cannot reach the server make way for the catalogs, and say so', async () => {
    await withSource(async (url, folder) => {
      const lost: OpenClientImage = async (files) => {
        const image = await openClientContainer(files)
        return typeof image === 'string' ? image : { ...image, toHost: () => 'phaseproof.invalid' }
      }
      const { told } = await capture(url, folder, lost)
      expect(told).toMatch(/from the catalogs \(.*could not reach the server: .*phaseproof\.invalid/)
      expect(await listContainers()).toEqual([])
    })
  })

  it('do not wait for a lock longer than they may', async () => {
    await withSource(async (url, folder) => {
      const holder = new pg.Client({ connectionString: url })
      await holder.connect()
      try {
        await holder.query('BEGIN; LOCK TABLE keyless IN ACCESS EXCLUSIVE MODE')
        // A table that is left empty is not read, so only pg_dump comes upon the lock.
        const text = policy.replace(
          '"public.keyless": {\n      "whole": "test"\n    }',
          '"public.keyless": { "empty": true }',
        )
        expect(text).not.toBe(policy)
        const changes = { lockTimeoutMs: 100, policy: { text, name: 'policy.yaml' } }
        await expect(capture(url, folder, openClientContainer, changes)).rejects.toMatchObject({
          code: 'capture-failed',
          message: expect.stringContaining('pg_dump refused'),
          remedy: expect.stringContaining('--lock-timeout'),
        })
      } finally {
        await holder.end()
      }
      expect(await listContainers()).toEqual([])
    })
  })

  it('are gone after an abort, and after kill -9 of their owner', async () => {
    await withSource(async (url, folder) => {
      const stop = new AbortController()
      const opened: OpenClientImage = async (files) => {
        const image = await openClientContainer(files)
        stop.abort()
        return image
      }
      await expect(capture(url, folder, opened, { signal: stop.signal })).rejects.toMatchObject({
        message: expect.stringContaining('it was stopped'),
      })
      expect(await listContainers()).toEqual([])
    })
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const script = fileURLToPath(new URL('../testing/hold-client-container.ts', import.meta.url))
      const child = spawn(process.execPath, ['--import', 'tsx', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(child.stdout, 'data')
      expect(await listContainers(child.pid)).toHaveLength(1)
      child.kill(signal)
      await once(child, 'exit')
      const left = () => listContainers(child.pid)
      for (let waited = 0; waited < 10_000 && (await left()).length > 0; waited += 100) await sleep(100)
      expect(await left()).toEqual([])
    }
  })

  it.each(['custom', 'directory', 'tar'])(
    'read a dump in %s format where no pg_restore is installed',
    async (format) => {
      await withSource(async (url, folder) => {
        const path = `${folder}.${format}`
        await dumpTo(path, format, url)
        const programs = { folders: [], openClientImage: openClientContainer }
        await withTestDatabase(inject('postgresUrl'), async (copy) => {
          const client = new pg.Client({ connectionString: copy })
          await client.connect()
          try {
            await restoreScript(readDump(path, programs), client, 'the dump', async () => {})
          } finally {
            await client.end()
          }
          const [restored, source] = [await fetchContent(copy), await fetchContent(url)]
          expect(restored).toEqual(source)
        })
        await writeFile(`${folder}.cut`, 'PGDMP and nothing more')
        const cut = readDump(`${folder}.cut`, programs).next()
        await expect(cut).rejects.toMatchObject({
          message: expect.stringContaining('no pg_restore could read it'),
        })
        expect(await listContainers()).toEqual([])
      })
    },
  )
})

/** All that the engine tells of a container and of what runs in it. */
async function inspect(id: string): Promise<readonly string[]> {
  const { dockerode } = (await (await import('testcontainers')).getContainerRuntimeClient()).container
  const container = await dockerode.getContainer(id).inspect()
  // One may have ended since it was listed.
  const programs = (container.ExecIDs ?? []).map((exec) =>
    dockerode
      .getExec(exec)
      .inspect()
      .catch(() => null),
  )
  return [container, ...(await Promise.all(programs))].map((found) => JSON.stringify(found))
}

/** Dumps by the pg_dump of the image; a folder comes out of the container as an archive. */
async function dumpTo(path: string, format: string, url: string): Promise<void> {
  const image = await openClientContainer([])
  if (typeof image === 'string') throw new Error(image)
  const address = new URL(url)
  address.hostname = image.toHost(address.hostname)
  const command =
    format === 'directory'
      ? 'pg_dump --format=directory --file=/tmp/dump "$ADDRESS" && tar --create --directory=/tmp/dump .'
      : `pg_dump --format=${format} "$ADDRESS"`
  try {
    const parts: Buffer[] = []
    for await (const part of image.run(['sh', '-c', command], {}, { ADDRESS: address.href })) parts.push(part)
    await writeFile(format === 'directory' ? `${path}.tar` : path, Buffer.concat(parts))
  } finally {
    await image.close()
  }
  if (format !== 'directory') return
  await promisify(execFile)('sh', ['-c', 'mkdir "$0" && tar -x -f "$0.tar" -C "$0"', path])
}
