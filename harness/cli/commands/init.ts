import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { findInstalled } from '../../ground/installed-package.ts'
import { classify } from '../../stories/classify.ts'
import type { FileChange } from '../../stories/init/file-change.ts'
import { proposeChanges, type Repository } from '../../stories/init/propose-changes.ts'
import { survey } from '../../stories/init/survey.ts'
import { ask } from '../ask.ts'
import { askToWrite } from '../ask-to-write.ts'
import type { ExitCode } from '../exit-code.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { prove } from './prove.ts'

const POLICY = 'production.policy.yaml'

interface InitFlags {
  readonly schema?: string
  readonly databaseOnly?: true
  readonly url?: string
  readonly yes?: true
  readonly check: boolean
  readonly postgres: string
}

/** `init`: makes an existing repository provable, and judges its migrations once. */
export function registerInit(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('init')
    .description('Make this repository provable: shows the files first, then judges the migrations once.')
    .option('--schema <path>', 'schema file or folder, where there are several')
    .option('--database-only', 'leave the server out')
    .addOption(
      new Option(
        '--url <url>',
        'database of production, of a role that can only read: drafts a policy for its snapshot',
      ).env('PHASEPROOF_SOURCE_URL'),
    )
    .option('-y, --yes', 'write without asking')
    .option('--no-check', 'only write the files')
    .addOption(toPostgresOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 done and proven, 1 disproven, 2 nothing written, 3 could not decide.',
    )
    .action(async (flags: InitFlags) => finish(await init(flags)))
}

async function init(flags: InitFlags): Promise<ExitCode> {
  const root = process.cwd()
  const choose = flags.yes ? async () => null : ask
  const repository = await survey({
    root,
    databaseOnly: flags.databaseOnly ?? false,
    choose,
    ...(flags.schema === undefined ? {} : { schema: flags.schema }),
  })
  process.stderr.write(`\n${describe(repository)}\n`)
  const changes = [...(await proposeChanges(repository)), ...(await draftPolicy(root, flags.url))]
  await askToWrite(root, changes, { yes: flags.yes ?? false })
  return flags.check ? check(repository, flags) : 0
}

/** A first draft of the policy that a snapshot is masked by; only where there is none yet. */
async function draftPolicy(root: string, url: string | undefined): Promise<readonly FileChange[]> {
  if (url === undefined || existsSync(join(root, POLICY))) return []
  const after = await classify(url, new Date().toISOString().slice(0, 10))
  return [{ path: POLICY, purpose: 'a draft; decide about each line, then capture', before: null, after }]
}

/** Judges the migrations by the scenarios as they are, the way every later run does. */
async function check({ root, project, manager, starts }: Repository, flags: InitFlags): Promise<ExitCode> {
  if (findInstalled('phaseproof', root) === null) {
    process.stderr.write(`\n  next: ${manager.add} phaseproof, then ${manager.exec} phaseproof prove all\n`)
    return 0
  }
  if (!existsSync(join(root, project.migrations))) {
    process.stderr.write(
      `\n  ${project.migrations} is not there yet: with the first migration, ${manager.exec} phaseproof prove all\n`,
    )
    return 0
  }
  let worst: ExitCode = 0
  for (const { name } of starts) {
    const code = await prove('all', { scenario: name, postgres: flags.postgres, contracts: true })
    worst = Math.max(worst, code) as ExitCode
  }
  if (starts.some(({ snapshot }) => snapshot === null))
    process.stderr.write(`\n${renderNextSteps(manager.exec)}`)
  return worst
}

function describe({ project, server, runner, manager }: Repository): string {
  const where = project.foundBy === null ? '' : `, named by ${project.foundBy}`
  return [
    `  ${project.title}: ${project.schema}, migrations in ${project.migrations}${where}`,
    server
      ? `  ${server.framework}: npm run ${server.script}, health ${server.healthPath}`
      : '  no server: the database only',
    `  tests: ${runner.kind === 'vitest' ? `${runner.config} is extended` : `${runner.name}: left alone`}; packages: ${manager.name}`,
  ].join('\n')
}

function renderNextSteps(exec: string): string {
  return `  This was an empty database. On production's rows, with a role that can only read:
    export PHASEPROOF_SOURCE_URL=postgresql://…
    ${exec} phaseproof snapshot classify --out ${POLICY}     a draft; decide about each line
    ${exec} phaseproof snapshot capture --policy ${POLICY} --out snapshots/production
    ${exec} phaseproof init                                               a scenario on it, with everything pending
    ${exec} phaseproof plan                                               phases instead of one
  From a dump: ${exec} phaseproof snapshot import <dump> --policy ${POLICY} --out snapshots/production
`
}
