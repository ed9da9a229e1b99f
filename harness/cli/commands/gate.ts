import type { Command } from 'commander'
import { renderGate } from '../../proof/gate/render-gate.ts'
import { gate, type JudgeSignature } from '../../stories/gate/gate.ts'
import { judgeSigned, judgeUnsigned } from '../../stories/gate/judge-signature.ts'
import { writeDecision } from '../../stories/gate/write-decision.ts'
import { tellGate } from '../../stories/journal/tell-journal.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import { readPrivateKey, readTrustedKeys } from '../../stories/signing/keys.ts'
import { signStatement } from '../../stories/signing/sign-statement.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { toJournalPlace } from '../journal-place.ts'
import { findProjectRoot } from '../project-root.ts'
import { orInterrupted, takeSignals } from '../take-signals.ts'
import { readTargetUrl, type TargetFlags } from '../target-url.ts'
import { toPhaseNumber } from '../to-phase-number.ts'
import { toSpanMs } from '../to-span-ms.ts'

interface GateFlags extends TargetFlags {
  readonly scenario?: string
  readonly proof?: string
  readonly key?: string[]
  readonly unsigned?: true
  readonly allowReused?: true
  readonly allowQuick?: true
  readonly signKey?: string
  readonly maxAge: number
  readonly migrator?: string
  readonly backupVerified?: string
  readonly backupMaxAge: number
  readonly longTransaction: number
  readonly allowWritingRole?: true
  readonly allowPooler?: true
  readonly newServer?: true
  readonly observe?: true
  readonly json?: true
}

const DAY_MS = 86_400_000

/** `gate N`: may phase N be applied to this target now, as it was proven? */
export function registerGate(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('gate')
    .description('Ask a database, read-only, whether a proven phase may be applied to it.')
    .argument('<phase>', 'number of the phase that is to be applied next', toPhaseNumber)
    .option('--target <url>', 'the database, by a role that can only read')
    .option(
      '--target-env <variable>',
      'environment variable that holds that URL, so that no shell remembers it',
    )
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--proof <file>', 'the proof to rely on; the newest under reports/, when left out')
    .option('--key <file...>', 'public keys of whoever may sign proofs')
    .option('--unsigned', 'rely on a proof that nobody signed')
    .option('--allow-reused', 'rely on what the proof told again from earlier runs')
    .option('--allow-quick', 'rely on a proof whose rehearsals were left out')
    .option('--sign-key <file>', 'private key to sign the decision with')
    .option('--max-age <span>', 'how old the proof may be: 90m, 36h, 7d', toSpanMs, 7 * DAY_MS)
    .option('--migrator <role>', "the role that applies migrations there; the scenario's, when left out")
    .option(
      '--backup-verified <file|moment>',
      'what "backup verify --json" printed, or when a backup was verified',
    )
    .option('--backup-max-age <span>', 'how long ago that may be', toSpanMs, DAY_MS)
    .option(
      '--long-transaction <span>',
      'age from which on a transaction of somebody else refuses: 30s, 5m',
      toSpanMs,
      30_000,
    )
    .option('--allow-writing-role', 'look with a role that could write; the session stays read-only')
    .option('--allow-pooler', 'look through a pooler')
    .option('--new-server', "the target's name may lead to another server than before")
    .option('--observe', 'report only: exit 0 whatever is found')
    .option('--json', 'print the decision as JSON')
    .addHelpText('after', '\nExit codes: 0 it may be applied, 1 refused, 2 wrong usage, 3 could not decide.')
    .action(async (phase: number, flags: GateFlags) => finish(await openGate(phase, flags)))
}

async function openGate(phase: number, flags: GateFlags): Promise<ExitCode> {
  const url = readTargetUrl(flags)
  const signKey = flags.signKey === undefined ? null : readPrivateKey(flags.signKey)
  const projectRoot = findProjectRoot()
  const scenario = await readScenario(
    chooseScenario(projectRoot, flags.scenario),
    projectRoot,
    importTypeScript,
  )
  const { proof, migrator, backupVerified: backup } = flags
  const signal = takeSignals()
  const decision = await orInterrupted(
    signal,
    gate({
      scenario,
      phase,
      url,
      projectRoot,
      ...(proof !== undefined && { proof }),
      ...(migrator !== undefined && { migrator }),
      ...(backup !== undefined && { backup }),
      isObserving: flags.observe === true,
      judgeSignature: toJudgeSignature(flags, projectRoot),
      options: {
        maxAgeMs: flags.maxAge,
        backupMaxAgeMs: flags.backupMaxAge,
        longMs: flags.longTransaction,
        allowWritingRole: flags.allowWritingRole === true,
        allowPooler: flags.allowPooler === true,
        newServer: flags.newServer === true,
      },
    }),
  )
  const files = await writeDecision(
    decision,
    projectRoot,
    signKey && ((statement) => signStatement(statement, signKey)),
  )
  process.stdout.write(flags.json ? `${JSON.stringify(decision, null, 2)}\n` : renderGate(decision))
  await tellGate(await toJournalPlace(projectRoot), decision, files[0] ?? '')
  process.stderr.write(`Written to ${files.join(' and ')}\n`)
  return decision.isAllowed || decision.isObserving ? 0 : 1
}

function toJudgeSignature(
  { key, unsigned, allowReused, allowQuick }: GateFlags,
  projectRoot: string,
): JudgeSignature {
  if (key === undefined) return judgeUnsigned(unsigned === true)
  const allowances = { reused: allowReused === true, quick: allowQuick === true }
  return judgeSigned(readTrustedKeys(key), { projectRoot, load: importTypeScript }, allowances)
}
