import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningPostgres, silentProgress } from '../model/ports.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { makeTemporaryCacheFolder, type TemporaryCacheFolder } from '../testing/temporary-cache-folder.ts'
import { query } from '../testing/with-test-database.ts'

// A server of our own, which the command uses as somebody else's: what it leaves there can be seen afterwards.
let cache: TemporaryCacheFolder
let host: RunningPostgres
const urlOf = (database: string) => host.connectionString('phaseproof_x').replace(/phaseproof_x$/, database)
const databases = async () =>
  (await query(urlOf('postgres'), `SELECT datname FROM pg_database WHERE datname LIKE 'phaseproof%'`)).map(
    ({ datname }) => String(datname),
  )

beforeAll(async () => {
  cache = makeTemporaryCacheFolder()
  host = await startPostgres('embedded', { cacheFolder: cache.folder, progress: silentProgress })
  await query(urlOf('postgres'), 'CREATE DATABASE phaseproof_look')
  await query(urlOf('postgres'), `COMMENT ON DATABASE phaseproof_look IS 'phaseproof:external'`)
})
afterAll(async () => {
  await host.stop()
  cache.remove()
})

/** The command as a person starts it. */
function start(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'harness/cli/main.ts', 'server', ...args], {
    // In the environment, for arguments are open to every user of the machine.
    env: { ...process.env, PHASEPROOF_POSTGRES: urlOf('phaseproof_look') },
  })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk) => {
      said[stream] += chunk
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const until = async (stream: keyof typeof said, text: string) => {
    while (!said[stream].includes(text)) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${said.stderr}`)
      await sleep(20)
    }
  }
  return { said, ended, until, kill: (signal: NodeJS.Signals) => child.kill(signal) }
}

describe('the command that serves a phase', () => {
  it.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'serves until %s, then closes the port, drops the clone and ends with 0',
    async (signal) => {
      const { said, ended, until, kill } = start('--phase', '1')
      await until('stdout', 'Ctrl-C')
      const url = /http:\S+\d/.exec(said.stdout)?.[0] ?? ''
      expect((await fetch(`${url}/health`)).status).toBe(200)
      expect(said.stdout).toContain('ADMIN: POST /api/auth/login {"email"')
      expect((await databases()).filter((name) => name.startsWith('phaseproof_clone_'))).toHaveLength(1)
      kill(signal)
      expect(await ended).toBe(0)
      await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
      expect(await databases()).toEqual(['phaseproof_look'])
    },
  )

  it('ends in order when the signal comes while the phases are still replayed', async () => {
    const { ended, until, kill } = start('--phase', '1')
    await until('stderr', 'snapshot tcc-production')
    kill('SIGINT')
    expect(await ended).toBe(0)
    expect(await databases()).toEqual(['phaseproof_look'])
  })

  it.for([
    ['a phase that is not in the plan', ['--phase', '10'], 'has no phase 10'],
    ['a phase that is no number', ['--phase', 'four'], 'Take a number'],
    ['no phase', [], "Required option '--phase <number>' not specified"],
    ['an unknown scenario', ['--phase', '1', '--scenario', 'nope'], 'There is no scenario nope'],
    [
      'a scenario without a server',
      ['--phase', '1', '--scenario', 'broken/healthy'],
      'Scenario broken/healthy names no server.',
    ],
  ] as const)('ends with 2 for %s', async ([, args, reason]) => {
    const { said, ended } = start(...args)
    expect(await ended).toBe(2)
    expect(said.stderr).toContain(reason)
  })
})
