import { spawn } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const left = new Set(['node_modules', '.git', '.phaseproof', 'reports'])

/** A copy of the project in which runs may edit files and throw caches away. */
export interface ProjectCopy {
  readonly folder: string
  /** Wall time of `node --import tsx harness/cli/main.ts …`; fails unless it decides, or was told to leave the API out (3). */
  runCli(...args: string[]): Promise<number>
  /** Wall time of a Vitest run of one empty test. */
  runEmptyVitest(): Promise<number>
  /** Removes everything earlier runs kept. */
  forgetCache(): Promise<void>
  /** Appends a comment to a migration, so that its phase is replayed. */
  touchMigration(name: string): Promise<void>
}

/** Makes the copy, hands it to `use`, and removes it on every path. */
export async function withProjectCopy<T>(
  project: string,
  use: (copy: ProjectCopy) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'phaseproof-bench-'))
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
    return await use({
      folder,
      runCli: (...args) =>
        run(
          folder,
          ['--import', 'tsx', 'harness/cli/main.ts', ...args],
          args.includes('--no-contracts') ? 3 : 0,
        ),
      runEmptyVitest: () =>
        run(folder, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'harness/empty.test.ts']),
      forgetCache: () => rm(join(folder, '.phaseproof'), { recursive: true, force: true }),
      touchMigration: async (name) => {
        const file = join(folder, 'migrations/tcc', name, 'migration.sql')
        await writeFile(file, `${await readFile(file, 'utf8')}-- ${performance.now()}\n`)
      },
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(cwd: string, args: readonly string[], expected = 0): Promise<number> {
  const from = performance.now()
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CI: 'true' },
  })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === expected) resolve(performance.now() - from)
      else reject(new Error(`${args.join(' ')} ended with ${code}:\n${stderr}`))
    })
  })
}
