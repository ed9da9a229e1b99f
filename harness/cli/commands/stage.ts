import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { HarnessError } from '../../model/error.ts'
import type { StageManifest } from '../../model/stage.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import { checkStage } from '../../stories/stage/check-stage.ts'
import { writeStage } from '../../stories/stage/write-stage.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { findProjectRoot } from '../project-root.ts'

interface StageFlags {
  readonly out?: string
  readonly scenario?: string
  readonly have?: string[]
  readonly fromProof?: true
  readonly check?: string
}

/** `stage <phase>`: writes the folder of migrations that production's deploy of a phase is given, or checks one. */
export function registerStage(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('stage')
    .description("Write a folder with what production has and one phase, for the team's own deploy.")
    .argument('[phase]', 'number of the phase', parsePhase)
    .option('--out <folder>', 'folder to make')
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--have <names...>', "migrations in production's history; else as the scenario says")
    .option('--from-proof', 'what the proof found in the history before the phase')
    .option('--check <folder>', 'instead: find what was changed in a folder since it was staged')
    .addHelpText('after', '\nExit codes: 0 staged or unchanged, 1 changed, 2 wrong usage.')
    .action(async (phase: number | undefined, flags: StageFlags) => finish(await stage(phase, flags)))
}

async function stage(phase: number | undefined, flags: StageFlags): Promise<ExitCode> {
  const { out, check, have, fromProof } = flags
  if (check !== undefined) return printCheck(check)
  if (phase === undefined || out === undefined)
    throw usage(
      'A phase and the folder to make are needed.',
      'Run: stage <n> --out <folder>, or stage --check <folder>.',
    )
  if (have !== undefined && fromProof)
    throw usage('Asked for two accounts of what production has.', 'Give one of --have and --from-proof.')
  const projectRoot = findProjectRoot()
  const scenario = await readScenario(
    chooseScenario(projectRoot, flags.scenario),
    projectRoot,
    importTypeScript,
  )
  const manifest = await writeStage({
    scenario,
    upTo: phase,
    projectRoot,
    reportsFolder: join(projectRoot, 'reports'),
    out,
    have: have?.flatMap((names) => names.split(',')) ?? (fromProof ? 'as-proven' : 'as-planned'),
  })
  process.stdout.write(render(manifest, out))
  return 0
}

function printCheck(folder: string): ExitCode {
  const checked = checkStage(folder)
  if (checked === null)
    throw usage(`Nothing was staged in ${folder}.`, 'Name the folder that was given to stage --out.')
  const { manifest, faults } = checked
  const lines = faults.map((fault) => `  ✗ ${fault}\n`).join('')
  const verdict =
    faults.length === 0 ? 'as it was staged' : 'CHANGED since it was staged; stage it again elsewhere'
  process.stdout.write(`${lines}${folder}: ${manifest.scenario} phase ${manifest.phase}, ${verdict}\n`)
  return faults.length === 0 ? 0 : 1
}

function render({ scenario, phase, migrations, missing, proof }: StageManifest, out: string): string {
  const applied = migrations.filter(({ isApplied }) => isApplied)
  return [
    ...applied.map(({ name }) => `  applies  ${name}`),
    `  beside ${migrations.length - applied.length} that production has`,
    ...(missing.length === 0 ? [] : [`  production has, without a folder here: ${missing.join(', ')}`]),
    `  proof    ${proof === null ? 'none' : proof.slice(0, 12)}`,
    `${out}: ${scenario} phase ${phase}; deploy with ${join(out, 'migrations')} as the folder of migrations`,
    '',
  ].join('\n')
}

function parsePhase(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Take the number of a phase.')
}

function usage(message: string, remedy: string): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] })
}
