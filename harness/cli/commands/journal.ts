import { type Command, InvalidArgumentError, Option } from 'commander'
import { HarnessError } from '../../model/error.ts'
import type { Tick } from '../../model/journal.ts'
import { TICKS, toChecklists } from '../../proof/journal/checklists.ts'
import { renderJournal } from '../../proof/journal/render-journal.ts'
import { findPhase } from '../../stories/gate/gate.ts'
import { readJournal } from '../../stories/journal/journal-file.ts'
import { tellNote } from '../../stories/journal/tell-journal.ts'
import { chooseScenario, readScenario } from '../../stories/read-scenario.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { toJournalPlace } from '../journal-place.ts'
import { findProjectRoot } from '../project-root.ts'
import { toPhaseNumber } from '../to-phase-number.ts'

interface JournalFlags {
  readonly scenario?: string
  readonly json?: true
}

interface NoteFlags extends JournalFlags {
  readonly phase?: number
  readonly tick?: Tick[]
}

/** `journal`: what was proven, gated, applied and verified, by whom and when. */
export function registerJournal(program: Command, finish: (code: ExitCode) => void): void {
  const journal = program
    .command('journal')
    .description(
      'Print what was proven, gated and verified as Markdown, with checklists, and check its chain.',
    )
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--json', 'print entries, faults and checklists as JSON')
    .addHelpText('after', '\nExit codes: 0 the chain is whole, 1 it is not, 2 wrong usage.')
    .action(async (flags: JournalFlags) => finish(await show(flags)))
  journal
    .command('note')
    .description('Add a note, such as when a phase was deployed, and tick what only a person can know.')
    .argument('<text>', 'what happened', toNote)
    .option('--scenario <name>', 'folder under scenarios/; the only one, when left out')
    .option('--phase <n>', 'the phase it is about', toPhaseNumber)
    .addOption(
      new Option('--tick <item...>', 'lines of the checklists of that phase').choices(Object.keys(TICKS)),
    )
    .action(async (text: string, flags: NoteFlags) =>
      // An option that both commands have is taken by the outer one.
      finish(await note(text, { ...flags, ...journal.opts<JournalFlags>() })),
    )
}

async function show({ scenario: name, json }: JournalFlags): Promise<ExitCode> {
  const projectRoot = findProjectRoot()
  const scenario = await readScenario(chooseScenario(projectRoot, name), projectRoot, importTypeScript)
  const { entries, faults } = readJournal(projectRoot, scenario.name)
  const lists = toChecklists(scenario.phases, entries)
  process.stdout.write(
    json
      ? `${JSON.stringify({ scenario: scenario.name, entries, faults, checklists: lists }, null, 2)}\n`
      : renderJournal(scenario.title, entries, faults, lists),
  )
  return faults.length === 0 ? 0 : 1
}

async function note(text: string, { scenario: name, phase, tick = [] }: NoteFlags): Promise<ExitCode> {
  if (tick.length > 0 && phase === undefined) {
    const message = 'A line was ticked, and no phase was named.'
    throw new HarnessError('usage', message, 'Add --phase <n>.', { faults: [message] })
  }
  const projectRoot = findProjectRoot()
  const scenario = await readScenario(chooseScenario(projectRoot, name), projectRoot, importTypeScript)
  if (phase !== undefined) findPhase(scenario, phase)
  await tellNote(await toJournalPlace(projectRoot), scenario.name, {
    text,
    phase: phase ?? null,
    ticks: tick,
  })
  process.stderr.write('Added to the journal.\n')
  return 0
}

function toNote(text: string): string {
  if (text.trim() !== '') return text.trim()
  throw new InvalidArgumentError('It is empty.')
}
