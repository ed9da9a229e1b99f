import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const left = new Set(['node_modules', '.git', '.phaseproof', 'reports'])

/** A copy of the project in which runs may edit files and delete caches. */
export interface ProjectCopy {
  readonly folder: string
  /**
   * Wall time of `node --import tsx harness/cli/main.ts …`. It fails unless the run reaches a verdict, or was told to
   * leave the API out (exit code 3).
   */
  runCli(...args: string[]): Promise<number>
  /** What a script of the copy prints on standard output. */
  runScript(...args: string[]): Promise<string>
  /** Wall time of a Vitest run of one empty test. */
  runEmptyVitest(): Promise<number>
  /** Removes everything earlier runs kept. */
  forgetCache(): Promise<void>
  /** Appends a comment to a migration, so that its phase is replayed. */
  touchMigration(name: string): Promise<void>
}

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Makes the copy, passes it to `use`, and removes it on every path, also when a signal ends this process. */
export async function withProjectCopy<T>(
  project: string,
  use: (copy: ProjectCopy) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'phaseproof-bench-'))
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
    return await use({
      folder,
      runCli: async (...args) => {
        const expected = args.includes('--no-contracts') ? 3 : 0
        return (await run(['--import', 'tsx', 'harness/cli/main.ts', ...args], expected)).wallMs
      },
      runScript: async (...args) => (await run(['--import', 'tsx', ...args])).stdout,
      runEmptyVitest: async () =>
        (await run(['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'harness/empty.test.ts']))
          .wallMs,
      forgetCache: () => rm(join(folder, '.phaseproof'), { recursive: true, force: true }),
      touchMigration: async (name) => {
        const file = join(folder, 'migrations/tcc', name, 'migration.sql')
        await writeFile(file, `${await readFile(file, 'utf8')}-- ${performance.now()}\n`)
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
): Promise<{ readonly wallMs: number; readonly stdout: string }> {
  const from = performance.now()
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: 'true' },
  })
  children.add(child)
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk) => {
      said[stream] += chunk
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      children.delete(child)
      if (code === expected) resolve({ wallMs: performance.now() - from, stdout: said.stdout })
      else reject(new Error(`${args.join(' ')} ended with ${code}:\n${said.stderr}`))
    })
  })
}

function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    child.kill('SIGTERM')
  })
}
