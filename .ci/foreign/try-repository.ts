import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Repository } from './repository.ts'

/** Something that did not go as it goes for a user. */
export class NotAsPromised extends Error {}

/** Makes the repository in a folder, adds the package as a user does, proves it, breaks a migration, and sees that found. */
export function tryRepository(repository: Repository, folder: string, tarball: string): void {
  const { files, install, exec, ownTests, written, fault, contract } = repository
  const run = toRunner(folder)
  for (const [name, text] of Object.entries(files)) write(folder, name, text)
  run(
    install.map((word) => (word === '<package>' ? tarball : word)),
    0,
  )
  run(ownTests, 0)
  const phaseproof = (...args: readonly string[]) => [...exec, 'phaseproof', ...args]

  run(phaseproof('init', '--yes', '--postgres', 'embedded'), 0, 'PROVEN')
  for (const name of written) assert(existsSync(join(folder, name)), `init did not write ${name}`)
  assert(
    readFileSync(join(folder, 'package.json'), 'utf8').includes('"phaseproof": "phaseproof regression"'),
    'init wrote no script',
  )
  run(phaseproof('init', '--yes', '--no-check'), 0, 'Everything is there already')
  run(ownTests, 0)
  run(phaseproof('doctor', '--postgres', 'embedded', '--json'), 0)
  run(phaseproof('plan'), 0, 'definePhase')
  assertVerdict(run(phaseproof('prove', 'all', '--postgres', 'embedded', '--json'), 0), 'proven', [])

  if (contract !== undefined) {
    write(folder, 'scenarios/from-empty/phases/01-pending/health.contract.test.ts', contract)
    run(phaseproof('prove', 'all', '--postgres', 'embedded'), 0, '1 contract,')
  }

  const sound = readFileSync(join(folder, fault.file), 'utf8')
  assert(sound.includes(fault.from), `${fault.file} does not hold what is to be broken`)
  write(folder, fault.file, sound.replace(fault.from, fault.to))
  assertVerdict(run(phaseproof('prove', 'all', '--postgres', 'embedded', '--json'), 1), 'disproven', [
    fault.kind,
  ])
  write(folder, fault.file, sound)
}

/** Proves the repository once more, all of it anew, by another Node. */
export function proveOnNode(reinstall: readonly string[], folder: string, version: string): void {
  const run = toRunner(folder)
  const on = (...command: readonly string[]) => [
    'npx',
    '--yes',
    '--package',
    `node@${version}`,
    '--',
    ...command,
  ]
  assert(run(on('node', '--version'), 0).startsWith(`v${version}.`), `npx did not get Node ${version}`)
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
  run(on(...reinstall), 0)
  const main = 'node_modules/phaseproof/dist/cli/main.js'
  const json = run(on('node', main, 'prove', 'all', '--fresh', '--postgres', 'embedded', '--json'), 0)
  assertVerdict(json, 'proven', [])
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}

/** Runs commands in a folder, with an environment as on a user's machine; returns standard output. */
function toRunner(folder: string) {
  const { VITEST: _vitest, ...env } = process.env
  return ([program = '', ...args]: readonly string[], code: number, said = ''): string => {
    const began = performance.now()
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      env: { ...env, CI: 'true', NO_COLOR: '1' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const command = [program, ...args].join(' ')
    process.stdout.write(`    ${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${command}\n`)
    assert(
      status === code && `${stdout}${stderr}`.includes(said),
      `${command} ended with ${status} instead of ${code}${said && ` and "${said}"`}:\n${stdout}\n${stderr}`,
    )
    return stdout
  }
}

function assertVerdict(json: string, verdict: string, kinds: readonly string[]): void {
  const proof = JSON.parse(json.slice(json.indexOf('{'))) as {
    verdict: string
    phases: readonly { findings?: readonly { kind: string }[] }[]
  }
  const found = proof.phases.flatMap(({ findings = [] }) => findings.map(({ kind }) => kind))
  assert(
    proof.verdict === verdict && found.join() === kinds.join(),
    `${proof.verdict} with ${found.join(', ') || 'no finding'}, instead of ${verdict} with ${kinds.join(', ') || 'none'}`,
  )
}

function assert(holds: boolean, fault: string): asserts holds {
  if (!holds) throw new NotAsPromised(fault)
}
