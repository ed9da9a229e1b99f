import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { SchemaFrom } from '../../capture/source/fetch-schema-sql.ts'
import { abortWhenAskedToEnd } from '../../ground/signals.ts'
import { HarnessError } from '../../model/error.ts'
import { type CaptureRequest, capture } from '../../stories/capture.ts'
import { classify } from '../../stories/classify.ts'
import { KEY_VARIABLE, readMaskKey } from '../../stories/read-mask-key.ts'
import { readScenario } from '../../stories/read-scenario.ts'
import { lineProgress } from '../../vitest/line-progress.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { toLoadServer } from '../load-option.ts'
import { toPostgresOption } from '../postgres-option.ts'
import { findProjectRoot } from '../project-root.ts'
import { registerSnapshotDescribe } from './snapshot-describe.ts'
import { registerSnapshotImport } from './snapshot-import.ts'
import { registerSnapshotVerify } from './snapshot-verify.ts'

/** Environment variable that may hold the source's connection string, which an argument would show to others. */
const URL_VARIABLE = 'PHASEPROOF_SOURCE_URL'

/** `snapshot classify | capture | verify | describe | import`: makes, proves and shows sanitised snapshots of production. */
export function registerSnapshot(program: Command, finish: (code: ExitCode) => void): Command {
  const snapshot = program.command('snapshot').description('Make, prove and look into sanitised snapshots.')
  registerClassify(snapshot, finish)
  registerCapture(snapshot, finish)
  registerSnapshotVerify(snapshot, finish)
  registerSnapshotDescribe(snapshot, finish)
  registerSnapshotImport(snapshot, finish)
  return snapshot
}

function registerClassify(snapshot: Command, finish: (code: ExitCode) => void): void {
  snapshot
    .command('classify')
    .description('Write a first draft of a policy for a database, to be decided by a person.')
    .addOption(toUrlOption())
    .requiredOption('--out <file>', 'where the draft goes; an existing file is left alone')
    .action(async (flags: { url?: string; out: string }) => {
      const draft = await classify(toUrl(flags.url), new Date().toISOString().slice(0, 10))
      await mkdir(dirname(flags.out), { recursive: true })
      await writeFile(flags.out, draft, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        const message = `The draft could not be written to ${flags.out}: ${error.code}.`
        throw new HarnessError('usage', message, 'Name a file that is not there yet.', { faults: [message] })
      })
      process.stderr.write(`  ${flags.out}: a draft. Decide about each line, then capture.\n`)
      finish(0)
    })
}

interface CaptureFlags {
  readonly url?: string
  readonly policy: string
  readonly out: string
  readonly keyFile?: string
  readonly takenAt?: string
  readonly allowWriter?: string
  readonly schemaFrom: SchemaFrom
  readonly jobs: number
  readonly statementTimeout: number
  readonly lockTimeout: number
  readonly canary?: readonly string[]
  readonly load: boolean
  readonly postgres: string
  readonly scenario?: string
}

function registerCapture(snapshot: Command, finish: (code: ExitCode) => void): void {
  snapshot
    .command('capture')
    .description('Read a database, mask it by its policy, prove that nothing leaked, and write a snapshot.')
    .addOption(toUrlOption())
    .requiredOption('--policy <file>', 'policy.yaml')
    .requiredOption('--out <folder>', 'folder of the snapshot; replaced once the new one is complete')
    .option(
      '--scenario <name>',
      'count in the source the rows that the migrations of this scenario would fail on; numbers only',
    )
    .option('--key-file <file>', `file with the masking key, instead of ${KEY_VARIABLE}`)
    .option('--taken-at <time>', 'ISO 8601 time to write into the manifest instead of now')
    .option('--allow-writer <role>', 'accept this role although it can write')
    .addOption(
      new Option('--schema-from <whom>', 'who writes the schema files')
        .choices(['auto', 'pg_dump', 'catalog'])
        .default('auto'),
    )
    .option('--jobs <n>', 'tables, or ranges of one, read at once', toCount, 2)
    .option('--statement-timeout <seconds>', 'longest single query', toCount, 3600)
    .option('--lock-timeout <seconds>', 'longest wait for a lock', toCount, 2)
    .option('--canary <value...>', 'a value planted in the source, which must not be in the snapshot')
    .addOption(toPostgresOption('server on which it is tried that every row satisfies the schema'))
    .option('--no-load', 'leave that load check out')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 something leaked or does not load, 2 wrong usage or policy, 3 could not be captured.',
    )
    .action(async (flags: CaptureFlags) => {
      const signal = abortWhenAskedToEnd()
      const { manifest } = await capture({
        url: toUrl(flags.url),
        policy: flags.policy,
        folder: flags.out,
        key: await readMaskKey(flags.keyFile),
        progress: lineProgress,
        signal,
        ...(flags.scenario !== undefined && { scenario: await toScenario(flags.scenario) }),
        schemaFrom: flags.schemaFrom,
        jobs: flags.jobs,
        statementTimeoutMs: flags.statementTimeout * 1000,
        lockTimeoutMs: flags.lockTimeout * 1000,
        ...(flags.takenAt !== undefined && { takenAt: flags.takenAt }),
        ...(flags.allowWriter !== undefined && { allowWriter: flags.allowWriter }),
        ...(flags.canary !== undefined && { canaries: flags.canary }),
        ...(flags.load && { loadServer: toLoadServer(flags.postgres) }),
      })
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
      lineProgress.step(
        `snapshot ${manifest.name}: ${manifest.tables.length} tables, ${rows.toLocaleString('en-US')} rows, proven free of the source's values`,
      )
      finish(0)
    })
}

async function toScenario(name: string): Promise<NonNullable<CaptureRequest['scenario']>> {
  const projectRoot = findProjectRoot()
  return { scenario: await readScenario(name, projectRoot, importTypeScript), projectRoot }
}

function toUrlOption(): Option {
  return new Option('--url <url>', 'connection string of a role that can only read').env(URL_VARIABLE)
}

function toUrl(url: string | undefined): string {
  if (url !== undefined && URL.canParse(url)) return url
  const message = `The source must be a connection string, in --url or ${URL_VARIABLE}.`
  throw new HarnessError('usage', message, 'For example postgres://reader@host/database', {
    faults: [message],
  })
}

function toCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Take a whole number, 1 or more.')
}
