import { toSha256 } from '../../ground/file-digest.ts'
import type { ExperimentName, Rehearsal } from '../../model/rehearsal.ts'
import { harnessDigest } from '../harness-digest.ts'
import type { Experiment, RehearsalContext, RehearsedPhase } from './experiment.ts'
import { experiments } from './experiments.ts'
import { readRehearsal, writeRehearsal } from './stored-rehearsal.ts'

/** How experiments are made. */
export interface RehearsalOptions {
  /** Take what an earlier run kept of the same. */
  readonly mayReuse: boolean
  /** Leave out what `--quick` leaves out. */
  readonly quick: boolean
  /** Make only these; left out: all. */
  readonly only?: readonly ExperimentName[]
}

/**
 * Makes the experiments of a phase on clones of its checkpoints, or takes them from an earlier run of the same. Empty after a replay that failed.
 * @throws postgres-lost, engine-failed
 */
export async function rehearsePhase(
  context: RehearsalContext,
  rehearsed: RehearsedPhase,
  options: RehearsalOptions,
): Promise<Rehearsal> {
  if (rehearsed.evidence.replay.failure) return {}
  const made: [string, unknown][] = []
  const notMade: [string, string][] = []
  for (const experiment of experiments) {
    if (!experiment.concerns(rehearsed, context.scenario)) continue
    const { name } = experiment
    if (options.only && !options.only.includes(name)) {
      notMade.push([name, 'it was not asked for'])
      continue
    }
    const isLeftOut = options.quick && experiment.leftOutByQuick
    const outcome = isLeftOut
      ? { reason: '--quick leaves it out' }
      : await makeOrReuse(context, experiment, rehearsed, options)
    if ('reason' in outcome) notMade.push([name, outcome.reason])
    else made.push([name, outcome.made])
  }
  return {
    ...Object.fromEntries(made),
    ...(notMade.length > 0 && { notMade: Object.fromEntries(notMade) }),
  }
}

async function makeOrReuse(
  context: RehearsalContext,
  experiment: Experiment,
  rehearsed: RehearsedPhase,
  { mayReuse }: RehearsalOptions,
): Promise<{ readonly made: unknown } | { readonly reason: string }> {
  const { phase, evidence } = rehearsed
  const { name } = experiment
  const { scenario, cacheFolder } = context
  const states = [evidence.before.key, evidence.after.key]
  const key = toSha256(
    JSON.stringify([...states, harnessDigest('rehearsal'), experiment.dependsOn(context, rehearsed)]),
  )
  const place = { cacheFolder, scenario: scenario.name, phase: phase.id, experiment: name }
  const kept = mayReuse ? readRehearsal(place, key) : null
  if (kept !== null) return { made: kept }
  const reason = await experiment.whyNot(context, rehearsed)
  if (reason !== null) return { reason }
  const startedAt = performance.now()
  const made = await experiment.make(context, rehearsed)
  writeRehearsal(place, key, made)
  const tookMs = Math.round(performance.now() - startedAt)
  context.progress.step(`phase ${phase.id}: rehearsed ${experiment.title} in ${tookMs} ms`)
  return { made }
}
