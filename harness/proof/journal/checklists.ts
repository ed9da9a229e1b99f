import type { GateCheckKind } from '../../model/gate.ts'
import type { JournalEntry, Tick } from '../../model/journal.ts'
import type { Phase } from '../../model/scenario.ts'

/** One line of a checklist. */
interface ChecklistItem {
  readonly text: string
  readonly isDone: boolean
  /** What it was ticked by, or how it can be. */
  readonly by: string
}

/** A list of what must be so. */
export interface Checklist {
  readonly title: string
  readonly items: readonly ChecklistItem[]
}

/** What a person ticks, in words. */
export const TICKS: Readonly<Record<Tick, string>> = {
  'backup-location': 'It is known where the backup lies and who can restore it',
  'deploy-command': "Production deploys by the tool's own command and by nothing else",
  'team-told': 'Everybody concerned knows when it happens',
  logs: 'The logs of the application show no new errors',
  performance: 'The application is as fast as before',
  environments: 'The other environments were verified, too',
}

/** The checklists of a plan, filled from the journal; what only a person can know stays open until they tick it. */
export function toChecklists(phases: readonly Phase[], entries: readonly JournalEntry[]): Checklist[] {
  return [
    ...phases.flatMap((phase) => [toBefore(phase, entries), toAfter(phase, entries)]),
    toOverall(phases, entries),
  ]
}

function toBefore(phase: Phase, entries: readonly JournalEntry[]): Checklist {
  const gated = lastOf(entries, 'gated', phase.id)
  const command = `phaseproof gate ${phase.id}`
  const check = (text: string, ...kinds: GateCheckKind[]) => toItem(text, gated, kinds, command)
  const hasRollback = phase.rollback !== undefined || phase.irreversible !== undefined
  return {
    title: `Before phase ${phase.id}: ${phase.title}`,
    items: [
      check('The phase is proven, and the proof counts', 'proof', 'age', 'signature', 'files'),
      check(
        'Production is in the state in which the phase was proven to begin',
        'order',
        'history',
        'catalog',
      ),
      check('No row of production is in the way', 'preconditions'),
      check('Nobody else deploys, and nobody holds what the phase needs', 'deploys', 'sessions'),
      check('A backup was verified', 'backup'),
      {
        text: 'There is a rollback script, or a reason for none',
        isDone: hasRollback,
        by: hasRollback ? 'the plan' : `scenarios/…/phases/${phase.name}/rollback.sql`,
      },
      toTick('backup-location', phase.id, entries),
      toTick('deploy-command', phase.id, entries),
      toTick('team-told', phase.id, entries),
    ],
  }
}

function toAfter(phase: Phase, entries: readonly JournalEntry[]): Checklist {
  const verified = lastOf(entries, 'verified', phase.id)
  const command = `phaseproof verify ${phase.id}`
  const check = (text: string, ...kinds: GateCheckKind[]) => toItem(text, verified, kinds, command)
  return {
    title: `Phase ${phase.id} is complete: ${phase.title}`,
    items: [
      check('All migrations of the phase are applied', 'history'),
      check('All tables and columns are there', 'catalog'),
      check('No migration failed', 'failed-rows'),
      check('What the phase expects holds', 'expectations'),
      check('The endpoints answer as described', 'endpoints'),
      toTick('logs', phase.id, entries),
    ],
  }
}

function toOverall(phases: readonly Phase[], entries: readonly JournalEntry[]): Checklist {
  const last = phases.at(-1)?.id ?? 0
  const final = entries.findLast(({ what, checks = {} }) => what === 'verified' && 'target-schema' in checks)
  const verified = phases.filter(({ id }) => lastOf(entries, 'verified', id)?.result === 'verified')
  const isAll = phases.length > 0 && verified.length === phases.length
  return {
    title: 'The plan is complete',
    items: [
      {
        text: `All ${phases.length} phases are complete`,
        isDone: isAll,
        by: `${verified.length} of ${phases.length} verified`,
      },
      toItem(
        'Production is what the target schema says',
        final,
        ['target-schema'],
        'phaseproof verify --final',
      ),
      toTick('environments', last, entries),
      toTick('logs', last, entries),
      toTick('performance', last, entries),
    ],
  }
}

/** The newest entry counts: what held once and was refused later does not hold. */
function lastOf(
  entries: readonly JournalEntry[],
  what: JournalEntry['what'],
  phase: number,
): JournalEntry | undefined {
  return entries.findLast((entry) => entry.what === what && entry.phase === phase)
}

function toItem(
  text: string,
  entry: JournalEntry | undefined,
  kinds: readonly GateCheckKind[],
  command: string,
): ChecklistItem {
  if (entry === undefined) return { text, isDone: false, by: command }
  const outcomeOf = (kind: GateCheckKind) => entry.checks?.[kind] ?? 'not-asked'
  const refused = kinds.filter((kind) => outcomeOf(kind) === 'refused')
  const notAsked = kinds.filter((kind) => outcomeOf(kind) === 'not-asked')
  // What was told or waived decides nothing against it, and whoever reads the list wants to know.
  const beside = kinds.filter((kind) => ['told', 'waived'].includes(outcomeOf(kind)))
  const words = [
    ...(refused.length > 0 ? [`${refused.join(', ')} refused`] : []),
    ...(notAsked.length > 0 ? [`${notAsked.join(', ')} not asked`] : []),
    ...beside.map((kind) => `${kind} ${outcomeOf(kind)}`),
  ]
  return {
    text,
    isDone: refused.length + notAsked.length === 0,
    by: [`entry ${entry.number}`, ...words].join(', '),
  }
}

function toTick(tick: Tick, phase: number, entries: readonly JournalEntry[]): ChecklistItem {
  const entry = entries.findLast(({ ticks = [], phase: of }) => of === phase && ticks.includes(tick))
  return {
    text: TICKS[tick],
    isDone: entry !== undefined,
    by:
      entry === undefined
        ? `a person: phaseproof journal note "…" --phase ${phase} --tick ${tick}`
        : `${entry.who}, entry ${entry.number}`,
  }
}
