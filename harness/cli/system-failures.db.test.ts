import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const isRoot = process.getuid?.() === 0
let folder = ''
let project = ''

/** A project of its own with one healthy scenario, and what it stands on linked from here. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phaseproof-system-'))
  chmodSync(folder, 0o755)
  project = join(folder, 'project')
  for (const name of ['.phaseproof', 'scenarios/broken']) mkdirSync(join(project, name), { recursive: true })
  mkdirSync(join(folder, 'tmp'))
  chmodSync(join(folder, 'tmp'), 0o1777)
  cpSync(join(root, 'scenarios', 'broken'), join(project, 'scenarios', 'broken'), { recursive: true })
  for (const name of [
    'harness',
    'migrations',
    'snapshots',
    'node_modules',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
  ])
    symlinkSync(join(root, name), join(project, name))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command line below another command, such as one that gives it a terminal or another account. */
function prove(below: readonly string[], env: NodeJS.ProcessEnv = {}, more: readonly string[] = []) {
  const command = [
    process.execPath,
    '--import',
    import.meta.resolve('tsx'),
    join(root, 'harness', 'cli', 'main.ts'),
  ]
  const args = ['prove', '1', '--scenario', 'broken/healthy', '--postgres', 'embedded', ...more]
  const { CI: _ci, NO_COLOR: _color, VITEST: _vitest, ...inherited } = process.env
  const [program = '', ...rest] = [...below, ...command, ...args]
  const script = `"$@" 2>&1; echo "exit code $?"`
  return execFileSync('sh', ['-c', script, 'sh', program, ...rest], {
    cwd: join(project, 'scenarios'),
    env: { ...inherited, TMPDIR: join(folder, 'tmp'), TERM: 'xterm', ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

describe.runIf(isRoot)('what the system refuses is told in two sentences', () => {
  it('a full disk: which, where, and that nothing was decided', () => {
    const cache = join(project, '.phaseproof')
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=70m', 'tmpfs', cache])
    try {
      const said = prove([])
      expect(said).toContain(`The disk at ${cache}, which holds ${cache}, is full`)
      expect(said).toContain('exit code 3')
      expect(said).not.toMatch(/^ {4}at /m)
    } finally {
      execFileSync('umount', [cache])
    }
  })

  it('a checkout of somebody else: which folder, whose, and who we are', () => {
    const said = prove(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'], {
      HOME: join(folder, 'tmp'),
    })
    expect(said).toMatch(/belongs to root \(0\); this is \S+ \(65534\)/)
    expect(said).toContain('writable for this account')
    expect(said).toContain('exit code 3')
    expect(said).not.toMatch(/^ {4}at |vite-temp/m)
  })

  it('only the folders it writes to need to be writable', () => {
    mkdirSync(join(project, 'reports'))
    for (const name of ['.phaseproof', 'reports']) execFileSync('chown', ['65534:65534', join(project, name)])
    const said = prove(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'], {
      HOME: join(folder, 'tmp'),
    })
    expect(said).toContain('PROVEN')
    expect(said).toContain('exit code 0')
    expect(readdirSync(join(project, 'reports', 'broken', 'healthy'))).toEqual([
      'index.html',
      'phase-1.json',
      'phase-1.recipes.md',
      'phase-1.states.json',
    ])
  })
})

describe('a terminal that wants no escape sequences gets none', () => {
  // `script` gives the command a terminal; its arguments become one line for a shell.
  const onTerminal = ['sh', '-c', 'script --quiet --return --command "$*" /dev/null', 'script']
  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('with %j, though Vitest prints too', (env) => {
    const said = prove(onTerminal, env, ['--reporter', 'default'])
    expect(said).toContain('PROVEN')
    expect(said).toContain('Test Files')
    expect(said).not.toContain('\u001B')
  })
})
