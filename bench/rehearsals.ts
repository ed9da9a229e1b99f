import { type Comparison, toSample } from './measure.ts'
import { withProjectCopy } from './project-copy.ts'
import { byHand } from './whole-runs.ts'

const RUNS = 3

/** Measures what each rehearsal of all nine phases takes, cold and without contracts, beside the phases sent by hand. */
export function measureRehearsals(project: string): Promise<Comparison[]> {
  return withProjectCopy(project, async (copy) => {
    const durations = new Map<string, number[]>()
    const hands: number[] = []
    for (let run = 0; run < RUNS; run++) {
      await copy.forgetCache()
      const said = await copy.runTelling('prove', 'all', '--postgres', 'embedded')
      const sums = new Map<string, number>()
      for (const [, title = '', ms] of said.matchAll(/^ +phase \d+: rehearsed (.+) in (\d+) ms$/gm))
        sums.set(title, (sums.get(title) ?? 0) + Number(ms))
      for (const [title, ms] of sums) durations.set(title, [...(durations.get(title) ?? []), ms])
      hands.push(await byHand(project))
    }
    const theirs = toSample(hands)
    const line = (what: string, samples: readonly number[]) => ({
      what,
      ours: toSample(samples),
      against: 'initdb, raw load, raw replay',
      theirs,
      aim: 'no aim',
    })
    const lists = [...durations.values()]
    const all = hands.map((_, run) => lists.reduce((sum, list) => sum + (list[run] ?? 0), 0))
    return [
      ...[...durations].map(([title, list]) => line(`nine phases: ${title}`, list)),
      line('nine phases: all rehearsals of the database', all),
    ]
  })
}
