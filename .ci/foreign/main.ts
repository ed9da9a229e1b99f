import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertPackage } from './assert-package.ts'
import { repositories } from './repositories.ts'
import { NotAsPromised, proveOnNode, tryRepository } from './try-repository.ts'

// What a user meets: repositories made here get the package from the tarball that would be published. Arguments name some of them.
const root = join(import.meta.dirname, '..', '..')
const work = mkdtempSync(join(tmpdir(), 'phaseproof-foreign-'))
// Servers run by an account of their own, which has to get there; what programs leave in their temporary folder goes with it.
chmodSync(work, 0o755)
process.env.TMPDIR = join(work, 'tmp')
mkdirSync(process.env.TMPDIR)
chmodSync(process.env.TMPDIR, 0o1777)
const cleanUp = () => rmSync(work, { recursive: true, force: true })
process.on('exit', cleanUp)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

execFileSync('pnpm', ['pack', '--pack-destination', work], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
})
const tarball = join(work, readdirSync(work).find((name) => name.endsWith('.tgz')) ?? '')

assertPackage(tarball)

const wanted = process.argv.slice(2)
const chosen = repositories.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
let failed = 0
for (const repository of chosen) {
  process.stdout.write(`  ${repository.name}: ${repository.title}\n`)
  const folder = join(work, repository.name)
  mkdirSync(folder)
  try {
    tryRepository(repository, folder, tarball)
    if (repository.reinstall)
      for (const version of ['22', '24']) proveOnNode(repository.reinstall, folder, version)
  } catch (error) {
    failed++
    process.stdout.write(`  FAILED: ${error instanceof NotAsPromised ? error.message : String(error)}\n`)
  }
}
process.stdout.write(`  ${chosen.length - failed} of ${chosen.length} repositories went as promised\n`)
process.exitCode = failed === 0 ? 0 : 1
