import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runPhaseproof as run } from '../testing/run-phaseproof.ts'

describe('the exit code', () => {
  it('is 0 for a plan that is proven, and the proof lies in reports/', async () => {
    const { code, stdout } = await run([
      'prove',
      '1',
      '--scenario',
      'broken/healthy',
      '--postgres',
      'embedded',
    ])
    expect(stdout).toContain('PROVEN  broken/healthy phases 1 to 1')
    expect(code).toBe(0)
    expect(JSON.parse(readFileSync('reports/broken/healthy/phase-1.json', 'utf8'))).toMatchObject({
      verdict: 'proven',
    })
  })

  it('is 1 for a plan that is disproven, and standard output is the proof alone with --json', async () => {
    const { code, stdout } = await run([
      'prove',
      'all',
      '--scenario',
      'broken/missing-table',
      '--postgres',
      'embedded',
      '--json',
    ])
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'disproven',
      phases: [{ outcome: 'failed', findings: [{ kind: 'missing-table' }] }],
    })
    expect(code).toBe(1)
  })

  it.for([
    ['a phase that does not exist', ['prove', '99'], 'has no phase 99'],
    ['a phase that is no number', ['prove', 'four'], 'number of a phase'],
    ['no phase', ['prove'], 'Missing required argument'],
    ['an unknown scenario', ['prove', '1', '--scenario', 'nope'], 'There is no scenario nope'],
    ['an unknown option', ['prove', '1', '--bogus'], "Unknown option '--bogus'"],
    ['a table that cannot be multiplied', ['prove', '1', '--scale', 'tripz=9'], 'there is no table "tripz"'],
    ['rows of production that nobody recorded', ['prove', '1', '--scale'], 'public.trips: 2500 rows'],
    ['an unknown server', ['prove', '1', '--postgres', 'mysql'], 'auto, testcontainers, embedded'],
    [
      'a database that was not made for us',
      ['prove', '1', '--postgres', 'postgresql://me:hidden@127.0.0.1:1/orders'],
      'does not begin with phaseproof',
    ],
  ] as const)('is 2 for %s, with a reason', async ([, args, reason]) => {
    const { code, stderr } = await run(args)
    expect(stderr).toContain(reason)
    expect(stderr).not.toContain('hidden')
    expect(code).toBe(2)
  })

  it('is 3 when no server can be reached, and the password is not shown', async () => {
    const { code, stderr } = await run([
      'prove',
      '1',
      '--postgres',
      'postgresql://me:hidden@127.0.0.1:1/phaseproof_lab',
    ])
    expect(stderr).toContain('ECONNREFUSED')
    expect(stderr).not.toContain('hidden')
    expect(code).toBe(3)
  })

  it('is 3 when a name filter leaves expectations out: a part proves nothing', async () => {
    const { code, stdout } = await run([
      'prove',
      '1',
      '--scenario',
      'broken/healthy',
      '--postgres',
      'embedded',
      '-t',
      'keeps the rows',
    ])
    expect(stdout).toContain('UNDECIDED')
    expect(stdout).toMatch(/\d+ of \d+ expectations did not run/)
    expect(code).toBe(3)
  })
})

it('judges the database alone when contracts are left out, and then proves nothing', async () => {
  const { code, stdout } = await run(['prove', '1', '--no-contracts', '--postgres', 'embedded'])
  expect(stdout).toContain('nothing was found against its database, but its API contracts were left out')
  expect(stdout).toContain('UNDECIDED')
  expect(code).toBe(3)
})

it('proves on multiplied rows beside the proof on the snapshot as it is, never in its place', async () => {
  const args = ['prove', '1', '--scenario', 'broken/healthy', '--postgres', 'embedded']
  await run(args)
  const before = readFileSync('reports/broken/healthy/phase-1.json', 'utf8')
  expect(JSON.parse(before)).toMatchObject({ about: { scaled: null } })
  const { code, stdout } = await run([...args, '--scale', 'orders=900,customers=x3'])
  expect(stdout).toContain('PROVEN  broken/healthy phases 1 to 1 on multiplied rows')
  expect(stdout).toContain('public.orders 400 to 900')
  expect(code).toBe(0)
  expect(readFileSync('reports/broken/healthy/phase-1.json', 'utf8')).toBe(before)
  expect(JSON.parse(readFileSync('reports/broken/healthy/phase-1.scaled.json', 'utf8'))).toMatchObject({
    about: { scaled: { 'public.orders': 900, 'public.customers': 120 } },
  })
})

describe('an ended run', () => {
  it.for(['SIGINT', 'SIGKILL'] as const)(
    'leaves no process behind after %s, and does not disturb the next',
    async (signal) => {
      let started: readonly number[] = []
      await run(['prove', '2', '--fresh', '--postgres', 'embedded'], async ({ pid, stderr, kill }) => {
        while (!stderr().includes('phase 1')) await sleep(20)
        started = descendantsOf(pid)
        kill(signal)
      })
      const deadline = Date.now() + 15_000
      while (running(started).length > 0 && Date.now() < deadline) await sleep(50)
      // A supervisor and a server at the least, or this would prove nothing.
      expect(started.length).toBeGreaterThanOrEqual(2)
      expect(running(started)).toEqual([])
      expect((await run(['prove', '1', '--scenario', 'broken/healthy', '--postgres', 'embedded'])).code).toBe(
        0,
      )
    },
  )
})

function descendantsOf(pid: number): readonly number[] {
  const children = processes().filter(({ parent }) => parent === pid)
  return children.flatMap((child) => [child.pid, ...descendantsOf(child.pid)])
}

function running(pids: readonly number[]): number[] {
  return processes().flatMap(({ pid }) => (pids.includes(pid) ? [pid] : []))
}

function processes(): { pid: number; parent: number }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }))
}
