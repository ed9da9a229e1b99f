import type { PhaseEvidence } from '../../model/checkpoint.ts'
import type { Rehearsal } from '../../model/rehearsal.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import { openBackups } from './backups.ts'
import type { RehearsedBefore, RehearsedPhase } from './experiment.ts'
import { type RehearsalOptions, rehearsePhase } from './rehearse-phase.ts'

/** A phase whose experiments are to be made after those of the phases before it. */
type BegunPhase = Omit<RehearsedPhase, 'earlier'>

/** The rehearsals of a run. */
interface Rehearsals {
  /** Begins those of a phase; where nothing is in the way they go on beside the replay of the next. */
  begin(phase: BegunPhase, mayReuse: boolean): Promise<void>
  /** The evidence of the phases with what their experiments came to. @throws what an experiment threw */
  finish(phases: readonly PhaseEvidence[]): Promise<PhaseEvidence[]>
  /** Waits until nothing runs any more, whatever came of it. It is safe on every path. */
  settle(): Promise<void>
}

/**
 * Rehearses phases one after another, beside the replay of the next one.
 * @param mayOverlap false where a phase changes what all databases of the server share: then each is waited for
 * @param tell hears of each phase as soon as its experiments are made
 */
export function openRehearsals(
  context: PhaseContext,
  { mayOverlap, ...options }: Omit<RehearsalOptions, 'mayReuse'> & { readonly mayOverlap: boolean },
  tell: (rehearsed: BegunPhase, rehearsal: Rehearsal) => void,
): Rehearsals {
  const running = new Map<number, Promise<Rehearsal>>()
  const earlier: RehearsedBefore[] = []
  const backups = openBackups(context)
  let last: Promise<unknown> = Promise.resolve()
  return {
    async begin(begun, mayReuse) {
      const before = last
      // One at a time: their figures are to be read beside each other, and a replay runs meanwhile.
      const made = before
        .catch(() => {})
        .then(() =>
          rehearsePhase(
            { ...context, backups },
            { ...begun, earlier: [...earlier] },
            { ...options, mayReuse },
          ),
        )
        .then((rehearsal) => {
          earlier.push({ ...begun, rehearsal })
          tell(begun, rehearsal)
          return rehearsal
        })
      // Whoever finishes hears of the error; until then it is nobody's.
      made.catch(() => {})
      last = made
      running.set(begun.phase.id, made)
      if (!mayOverlap) await made
    },
    finish: (phases) =>
      Promise.all(
        phases.map(async (evidence) => {
          const rehearsal = await running.get(evidence.phase)
          return rehearsal ? { ...evidence, rehearsal } : evidence
        }),
      ),
    settle: async () => {
      await Promise.allSettled(running.values())
      await backups.close()
    },
  }
}
