import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeWhenGone } from './folder-guard.ts'

const left = new Set(['node_modules', '.git', '.phaseproof', 'reports'])

/** A copy of the project in which runs may edit files and delete caches. */
export interface ProjectCopy {
  readonly folder: string
  /**
   * Wall time of `node --import tsx harness/cli/main.ts …`. It fails unless the run reaches a verdict, or was told to
   * leave the API out (exit code 3).
   */
  runCli(...args: string[]): Promise<number>
  /** What such a run of the database alone says on standard error. */
  runTelling(...args: string[]): Promise<string>
  /** The same of a run that must end disproven, and when it first wrote this on standard error. */
  runDisproven(text: string, ...args: string[]): Promise<{ readonly wallMs: number; readonly textMs: number }>
  /** Starts a run that goes on until it is ended. */
  startCli(...args: string[]): WatchedRun
  /** What a script of the copy prints on standard output. */
  runScript(...args: string[]): Promise<string>
  /** Wall time of a Vitest run of one empty test. */
  runEmptyVitest(): Promise<number>
  /** Removes everything earlier runs kept. */
  forgetCache(): Promise<void>
  /** Appends a comment to a migration, so that its phase is replayed. */
  touchMigration(name: string): Promise<void>
  /** Appends a table that nobody expects to a migration, `null`: puts the file back as it was. */
  spoilMigration(name: string, table: string | null): Promise<void>
}

/** A run that goes on, and what it says. */
export interface WatchedRun {
  /** Resolves when a text has been written, counted from the end of what earlier calls met. */
  said(text: string): Promise<void>
  end(): Promise<void>
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Makes the copy, passes it to `use`, and removes it on every path, also when a signal ends this process. */
export async function withProjectCopy<T>(
  project: string,
  use: (copy: ProjectCopy) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'phaseproof-bench-'))
  removeWhenGone(folder)
  const remove = () => rm(folder, { recursive: true, force: true })
  const children = new Set<ChildProcess>()
  const end = async (signal: NodeJS.Signals) => {
    isEnding = true
    // They stop their servers before they go; what they still write would lie in a folder that is gone.
    await Promise.all([...children].map((child) => endChild(child)))
    await remove()
    for (const name of endings) process.removeListener(name, end)
    process.kill(process.pid, signal)
  }
  let isEnding = false
  for (const name of endings) process.on(name, end)
  try {
    // The server's account must be able to enter, where the copy is root's.
    await chmod(folder, 0o755)
    await cp(project, folder, {
      recursive: true,
      filter: (path) => !left.has(path.slice(project.length + 1)),
    })
    await symlink(join(project, 'node_modules'), join(folder, 'node_modules'))
    await writeFile(
      join(folder, 'harness/empty.test.ts'),
      "import { it } from 'vitest'\nit('is empty', () => {})\n",
    )
    const run = (args: readonly string[], expected = 0) => runNode(folder, args, expected, children)
    const cli = ['--import', 'tsx', 'harness/cli/main.ts']
    const fileOf = (migration: string) => join(folder, 'migrations/tcc', migration, 'migration.sql')
    return await use({
      folder,
      runCli: async (...args) => {
        const expected = args.includes('--no-contracts') ? 3 : 0
        return (await run(['--import', 'tsx', 'harness/cli/main.ts', ...args], expected)).wallMs
      },
      runTelling: async (...args) => (await run([...cli, ...args, '--no-contracts'], 3)).stderr,
      runDisproven: async (text, ...args) => {
        const { wallMs, heardMs } = await runNode(folder, [...cli, ...args], 1, children, text)
        if (heardMs === null) throw new Error(`${args.join(' ')} did not say ${text}`)
        return { wallMs, textMs: heardMs }
      },
      startCli: (...args) => startNode(folder, [...cli, ...args], children),
      runScript: async (...args) => (await run(['--import', 'tsx', ...args])).stdout,
      runEmptyVitest: async () =>
        (await run(['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'harness/empty.test.ts']))
          .wallMs,
      forgetCache: () => rm(join(folder, '.phaseproof'), { recursive: true, force: true }),
      touchMigration: async (name) => {
        const file = fileOf(name)
        await writeFile(file, `${await readFile(file, 'utf8')}-- ${performance.now()}\n`)
      },
      spoilMigration: async (name, table) => {
        const file = fileOf(name)
        const text = (await readFile(file, 'utf8')).replace(/\nCREATE TABLE bench_\w+ \(\);\n/g, '')
        await writeFile(file, table === null ? text : `${text}\nCREATE TABLE bench_${table} ();\n`)
      },
    })
  } catch (error) {
    // A child that we ended is no failure of its own; the signal ends this process in a moment.
    if (isEnding) await new Promise(() => {})
    throw error
  } finally {
    for (const name of endings) process.removeListener(name, end)
    await remove()
  }
}

function runNode(
  cwd: string,
  args: readonly string[],
  expected: number,
  children: Set<ChildProcess>,
  text: string | null = null,
): Promise<{
  readonly wallMs: number
  readonly stdout: string
  readonly stderr: string
  readonly heardMs: number | null
}> {
  const from = performance.now()
  const child = spawnNode(cwd, args, children)
  let heardMs: number | null = null
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk) => {
      said[stream] += chunk
      if (text !== null && heardMs === null && said.stderr.includes(text)) heardMs = performance.now() - from
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === expected) resolve({ wallMs: performance.now() - from, ...said, heardMs })
      else reject(new Error(`${args.join(' ')} ended with ${code}:\n${said.stderr}`))
    })
  })
}

/** As a person runs it, on a machine that is no CI: there nothing would be told again. */
function spawnNode(cwd: string, args: readonly string[], children: Set<ChildProcess>) {
  const { CI: _ci, ...env } = process.env
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env })
  children.add(child)
  child.once('close', () => children.delete(child))
  return child
}

function startNode(cwd: string, args: readonly string[], children: Set<ChildProcess>): WatchedRun {
  const child = spawnNode(cwd, args, children)
  let unread = ''
  let wake = () => {}
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      unread += chunk
      wake()
    })
  }
  child.once('close', () => wake())
  return {
    async said(text) {
      while (!unread.includes(text)) {
        if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended:\n${unread}`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      unread = unread.slice(unread.indexOf(text) + text.length)
    },
    end: () => endChild(child),
  }
}

function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    child.kill('SIGTERM')
  })
}
