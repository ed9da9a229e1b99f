import { expectationsOf } from '../../judge/expectations-of.ts'
import { judge } from '../../judge/judge.ts'
import { rehearseFullRollback } from '../../rehearse/rehearse-full-rollback.ts'
import type { Experiment, RehearsalContext, RehearsedBefore, RehearsedPhase } from './experiment.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'
import { compareAgain } from './with-clone.ts'

/** Undoes a phase and all before it by their rollbacks, one after another, down to the state before the plan. */
export const fullRollbackExperiment: Experiment<'fullRollback'> = {
  name: 'fullRollback',
  title: 'the rollback of all phases so far',
  concerns: (rehearsed) => rehearsed.earlier.length > 0 && toChain(rehearsed).some(hasRollback),
  whyNot: (context, rehearsed) => {
    const irreversible = toChain(rehearsed).find(({ phase }) => phase.irreversible !== undefined)
    if (irreversible) return `phase ${irreversible.phase.id} cannot be undone`
    const broken = rehearsed.earlier.find((before) => isBroken(context, before))
    if (broken) return `the rollback of phase ${broken.phase.id} does not hold by itself`
    const missing = toChain(rehearsed).find((entry) => !hasRollback(entry))
    if (missing) return `phase ${missing.phase.id} has no rollback`
    return toChain(rehearsed).reduce<string | null>(
      (reason, { phase, evidence }) => reason ?? whyUnrehearsed(phase, evidence),
      null,
    )
  },
  dependsOn: (_context, rehearsed) =>
    toChain(rehearsed).map(({ phase, evidence }) => [evidence.before.key, phase.rollback?.sha256]),
  make: (context, rehearsed) => {
    const { checkpoints, server, roles, scenario } = context
    // In between it follows from each phase's own rollback; it is compared once all the same, from the end of the plan.
    const isWhole = rehearsed.phase.id === scenario.phases.at(-1)?.id
    return checkpoints.withScratch(rehearsed.evidence.after.database, (url, name) =>
      rehearseFullRollback(
        server.connectionString(name, roles.by?.migrator),
        toChain(rehearsed).flatMap(({ phase: { id, rollback }, evidence }) => {
          if (!rollback) return []
          const compare = isWhole || id === 1 ? () => compareAgain(context, url, evidence.before) : null
          return [{ phase: id, file: rollback.file, sql: rollback.sql, compare }]
        }),
      ),
    )
  },
}

type Link = Pick<RehearsedPhase, 'phase' | 'evidence'>

/** The phase and all before it, the last first. */
function toChain(rehearsed: RehearsedPhase): readonly Link[] {
  return [...rehearsed.earlier, rehearsed].toReversed()
}

function hasRollback({ phase }: Link): boolean {
  return phase.rollback !== undefined
}

/** Does the rollback of an earlier phase fail already by itself, which is told there? */
function isBroken({ scenario }: RehearsalContext, { phase, evidence, rehearsal }: RehearsedBefore): boolean {
  return expectationsOf(phase, scenario)
    .filter(({ kind }) => kind === 'rolls-back')
    .some((expectation) => judge(expectation, { ...evidence, rehearsal }).length > 0)
}
