import type { DependencyTrial, OrderRehearsal, OtherOrder, PhaseStop } from '../model/order.ts'
import type { PhaseBench } from '../model/ports.ts'

/** What is tried of a phase. */
interface OrderRequest {
  readonly id: number
  /** The phases that it depends on, by way of others too; they run before it. */
  readonly needed: readonly number[]
  /** All other phases before it, which may run after it. */
  readonly others: readonly number[]
  /** Dependencies without a reason, each with the order that does without it; null where another one brings it along. */
  readonly dependencies: readonly {
    readonly on: number
    readonly order: { readonly before: readonly number[]; readonly after: readonly number[] } | null
  }[]
}

/**
 * Runs a phase as early as its dependencies allow, compares the result with the plan's, and runs it without each dependency.
 * @throws postgres-lost, engine-failed
 */
export async function rehearseOrder(bench: PhaseBench, request: OrderRequest): Promise<OrderRehearsal> {
  const early = request.others.length === 0 ? null : await rehearseEarly(bench, request)
  const dependencies: DependencyTrial[] = []
  let unmet: Promise<readonly string[]> | null = null
  /** What the phase misses although all that it depends on is there: what others bring that only happen to come before it. */
  const missedAnyway = () => {
    unmet ??= bench.with([...request.needed, request.id], async (clone) => (clone.stop ? [] : clone.unmet()))
    return unmet
  }
  for (const { on, order } of request.dependencies) {
    dependencies.push({ on, ...(await tryWithout(bench, request.id, order, missedAnyway)) })
  }
  return { early, dependencies }
}

/** Runs phases in another order on a clone and compares what comes of it. */
export function runOrder(bench: PhaseBench, order: readonly number[]): Promise<OtherOrder> {
  return bench.with(order, async ({ stop, compare }) => ({
    order,
    stop,
    differences: stop ? [] : await compare(),
  }))
}

/** The first order that does not hold tells that something is wrong; moving the phase back, one place at a time, tells beside which. */
async function rehearseEarly(
  bench: PhaseBench,
  { id, needed, others }: OrderRequest,
): Promise<OrderRehearsal['early']> {
  const at = (place: number) => [...needed, ...others.slice(0, place), id, ...others.slice(place)]
  let failed = await runOrder(bench, at(0))
  if (hasHeld(failed)) return { ...failed, culprit: null }
  const last = await runOrder(bench, at(others.length))
  if (!hasHeld(last)) return { ...failed, culprit: null }
  for (let place = 1; place < others.length; place++) {
    const tried = await runOrder(bench, at(place))
    if (hasHeld(tried)) return { ...failed, culprit: others[place - 1] ?? null }
    failed = tried
  }
  return { ...failed, culprit: others.at(-1) ?? null }
}

function hasHeld({ stop, differences }: OtherOrder): boolean {
  return stop === null && differences.length === 0
}

function tryWithout(
  bench: PhaseBench,
  id: number,
  order: OrderRequest['dependencies'][number]['order'],
  missedAnyway: () => Promise<readonly string[]>,
): Promise<Omit<DependencyTrial, 'on'>> {
  if (order === null)
    return Promise.resolve({ verdict: 'implied', shown: 'another dependency brings it along' })
  return bench.with(order.before, async ({ stop, run, compare, unmet }) => {
    if (stop) return needed(`phase ${stop.phase} fails without it: ${describeStop(stop)}`)
    const all = await unmet()
    const known = all.length === 0 ? [] : await missedAnyway()
    const missed = all.find((text) => !known.includes(text))
    if (missed !== undefined) return needed(`without it phase ${id} does not have what it expects: ${missed}`)
    const later = await run(order.after)
    if (later)
      return needed(`phase ${later.phase} fails when it runs after phase ${id}: ${describeStop(later)}`)
    const [difference] = await compare()
    return difference === undefined
      ? { verdict: 'unneeded', shown: `run before it, phase ${id} leads to the same catalog and rows` }
      : needed(`run after phase ${id} it leads elsewhere: ${difference}`)
  })
}

function needed(shown: string): Omit<DependencyTrial, 'on'> {
  return { verdict: 'needed', shown }
}

function describeStop({ failure }: PhaseStop): string {
  const { sqlstate, message, file, line } = failure
  return `${sqlstate} ${message}${line === null ? '' : ` at ${file}:${line}`}`.trimStart()
}
