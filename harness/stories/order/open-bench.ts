import { listStatements } from '../../ground/sql/list-statements.ts'
import { observeContent } from '../../inspect/content/observe-content.ts'
import { inspectDatabase } from '../../inspect/inspect-database.ts'
import { runProbes } from '../../inspect/run-probes.ts'
import { withDatabase } from '../../inspect/with-database.ts'
import { judge } from '../../judge/judge.ts'
import { toNeeds } from '../../judge/needs.ts'
import { stateDifferences } from '../../judge/rehearsal/state-differences.ts'
import { withoutUnsteady } from '../../judge/rehearsal/without-unsteady.ts'
import type { Checkpoint, PhaseEvidence } from '../../model/checkpoint.ts'
import type { TableChange } from '../../model/content.ts'
import type { PhaseStop } from '../../model/order.ts'
import type { PhaseBench, PhaseClone } from '../../model/ports.ts'
import type { Phase } from '../../model/scenario.ts'
import { describeFinding } from '../../proof/describe-finding.ts'
import { stagePhase } from '../../tool/stage-phase.ts'
import { deploy } from '../rehearsal/deploy.ts'
import type { RehearsedPhase } from '../rehearsal/experiment.ts'
import type { PhaseContext } from '../replay-phase-of.ts'
import { byName } from './by-name.ts'

/** Opens clones on which the phases up to this one run in any order; what they lead to is held against the state after this phase. */
export function openBench(context: PhaseContext, { phase, evidence, earlier }: RehearsedPhase): PhaseBench {
  const { checkpoints, server, roles, tool } = context
  const states = [...earlier.map((entry) => entry.evidence.before), evidence.before, evidence.after]
  const base = states[0] ?? evidence.before

  /** A clone of the plan's own state after as many phases as both orders begin with. */
  async function withPhases<T>(
    order: readonly number[],
    from: number,
    use: (url: string, run: PhaseClone['run'], stop: PhaseStop | null) => Promise<T>,
  ): Promise<T> {
    const start = states[from] ?? base
    return checkpoints.withScratch(start.database, async (url, name) => {
      const connectionString = server.connectionString(name, roles.by?.migrator)
      const done = order.slice(0, from)
      const run = async (more: readonly number[]) => {
        for (const id of more) {
          const next = toPhase(context, id)
          done.push(id)
          const staged = stageAfter(context, base, done)
          const failure = await deploy(tool, { phase: next, staged }, connectionString)
          if (failure) return { phase: id, failure }
        }
        return null
      }
      return use(url, run, await run(order.slice(from)))
    })
  }

  const observe = (url: string) =>
    observeContent(url, tool.historyTable, {
      tables: byName(evidence.after.content.tables),
      open: (use) => checkpoints.withScratch(evidence.after.database, use),
    })

  const controls = new Map<number, Promise<readonly TableChange[]>>()
  /** What the plan's order itself does not give twice, replayed from the first phase that touched any of these tables. */
  function control(changes: readonly TableChange[]): Promise<readonly TableChange[]> {
    const from = firstTouching(changes, states)
    const known = controls.get(from)
    if (known) return known
    const order = states.slice(1).map((_, at) => at + 1)
    const made = withPhases(order, from - 1, async (url, _run, stop) =>
      stop ? [] : (await observe(url)).changes,
    )
    controls.set(from, made)
    return made
  }

  async function compare(url: string): Promise<readonly string[]> {
    const [found, { changes }] = await Promise.all([inspectDatabase(url, tool), observe(url)])
    const steady = changes.length === 0 ? [] : withoutUnsteady(changes, await control(changes))
    return stateDifferences(evidence.after, found, steady)
  }

  return {
    with: (order, use) =>
      withPhases(order, countCommon(order, phase.id), (url, run, stop) =>
        use({
          stop,
          run,
          compare: () => compare(url),
          unmet: () => findUnmet(context, phase, evidence, url),
        }),
      ),
  }
}

/** Phases that an order begins with as the plan does; the plan's own order is run from the state before its last. */
function countCommon(order: readonly number[], last: number): number {
  const first = order.findIndex((id, at) => id !== at + 1)
  return first === -1 ? Math.min(order.length, last - 1) : first
}

function toPhase({ scenario }: PhaseContext, id: number): Phase {
  const found = scenario.phases.find((phase) => phase.id === id)
  if (!found) throw new Error(`the order names phase ${id}, which does not exist`)
  return found
}

/** What a deploy has in its folder after these phases, the last of which it applies. */
function stageAfter({ scenario, migrations }: PhaseContext, base: Checkpoint, done: readonly number[]) {
  const names = scenario.phases
    .filter(({ id }) => done.includes(id))
    .flatMap(({ migrations: own, resolve = {} }) => [...own, ...(resolve.applied ?? [])])
  return stagePhase(
    migrations,
    base.history.map(({ name }) => name),
    names,
  )
}

/** Id of the first phase after which a table that differs is not what it was before it. */
function firstTouching(changes: readonly TableChange[], states: readonly Checkpoint[]): number {
  const last = states.at(-1)?.content.tables ?? []
  const names = new Set(changes.map(({ table }) => table))
  const oids = last.filter(({ namespace, name }) => names.has(`${namespace}.${name}`)).map(({ oid }) => oid)
  const lookOf = (state: Checkpoint | undefined, oid: string) => {
    const found = state?.content.tables.find((table) => table.oid === oid)
    return found && `${found.rows} ${found.digest}`
  }
  const at = states.findIndex(
    (state, place) => place > 0 && oids.some((oid) => lookOf(state, oid) !== lookOf(states[place - 1], oid)),
  )
  return at === -1 ? 1 : at
}

/** What the phase states and this database does not meet, beyond what its own state does not meet either. */
async function findUnmet(
  { tool }: PhaseContext,
  phase: Phase,
  evidence: PhaseEvidence,
  url: string,
): Promise<readonly string[]> {
  const stated = phase.expect.filter(({ kind }) => kind !== 'same-schema')
  const { probes } = toNeeds(stated)
  const split = async (sql: string) => (await listStatements(sql))?.map(({ text }) => text) ?? [sql]
  const found = await inspectDatabase(url, tool)
  const here: PhaseEvidence = {
    ...evidence,
    after: { ...evidence.after, ...found },
    probes: probes.length === 0 ? [] : await withDatabase(url, (client) => runProbes(client, probes, split)),
  }
  const tell = (seen: PhaseEvidence) =>
    stated
      .flatMap((expectation) => judge(expectation, seen))
      .map((finding) => describeFinding(finding)[0] ?? '')
  const known = new Set(tell(evidence))
  return tell(here).filter((text) => !known.has(text))
}
