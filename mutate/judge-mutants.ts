import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toMessage } from '../harness/ground/to-message.ts'
import { HarnessError } from '../harness/model/error.ts'
import { type RunningPostgres, silentProgress } from '../harness/model/ports.ts'
import type { Proof } from '../harness/model/proof.ts'
import type { Scenario } from '../harness/model/scenario.ts'
import { proveInProcess } from '../harness/stories/prove-in-process.ts'
import { tools } from '../harness/tool/tools.ts'
import type { Fate, Mutant } from './mutant.ts'
import { compareRawStates, fetchRawState, type RawState } from './raw-state.ts'

/** Where mutants are judged: a project of our own, whose migrations may be overwritten. */
export interface Laboratory {
  readonly scenario: Scenario
  readonly project: string
  readonly cacheFolder: string
  readonly server: RunningPostgres
}

/** What a phase leaves behind when nothing is wrong with it. */
interface RightPhase {
  readonly state: RawState
  /** Lines that differ between two right runs: times of insertion. */
  readonly unsteady: RawState
  readonly limits: readonly string[]
}

/** Judges mutants one after the other, by the story that the command line runs; each phase's right state is kept. */
export function openJudge(laboratory: Laboratory) {
  const right = new Map<number, RightPhase>()

  async function rightPhase(phase: number): Promise<RightPhase> {
    const known = right.get(phase)
    if (known) return known
    const first = await proveKept(laboratory, phase, false)
    const state = await fetchKept(laboratory, phase)
    await proveKept(laboratory, phase, true)
    const again = await fetchKept(laboratory, phase)
    const unsteady = new Set([...state].filter((line) => !again.has(line)))
    const made = { state, unsteady, limits: first.limits }
    right.set(phase, made)
    return made
  }

  return {
    async judge(mutant: Mutant): Promise<Fate> {
      // The right state first, so that the phases before it are there to start from.
      const expected = await rightPhase(mutant.phase)
      return withMutant(laboratory, mutant, async () => {
        const proof = await prove(laboratory, mutant.phase, 'nothing').catch(toRefusal)
        if ('why' in proof) return proof
        const own = proof.phases.find(({ phase }) => phase === mutant.phase)
        if (own?.outcome === 'failed')
          return { fate: 'killed', kinds: [...new Set(own.findings.map(({ kind }) => kind))] }
        // Contracts are left out of the judgement, so no phase that has some is passed.
        if (own?.outcome !== 'passed' && !own?.isDatabaseHeld)
          throw new Error(`nothing was decided: ${own?.blockedBy ?? proof.verdict}`)
        await proveKept(laboratory, mutant.phase, false)
        const differences = compareRawStates(
          expected.state,
          await fetchKept(laboratory, mutant.phase),
          expected.unsteady,
        )
        if (differences.length === 0) return { fate: 'equivalent' }
        return {
          fate: 'survived',
          differences,
          newLimits: proof.limits.filter((limit) => !expected.limits.includes(limit)),
        }
      })
    },
  }
}

async function withMutant<T>(
  { scenario, project }: Laboratory,
  { migration, sql }: Mutant,
  use: () => Promise<T>,
): Promise<T> {
  const file = join(project, scenario.migrations, migration, 'migration.sql')
  const before = readFileSync(file)
  writeFileSync(file, sql)
  try {
    return await use()
  } finally {
    writeFileSync(file, before)
  }
}

function prove(
  { scenario, project, cacheFolder, server }: Laboratory,
  upTo: number,
  keep: 'nothing' | 'all',
  fresh = false,
): Promise<Proof> {
  return proveInProcess(
    // What a phase does wrongly shows without the other rehearsals, which would take most of the time.
    { scenario, upTo, fresh, strict: false, keep, experiments: ['rollback'] },
    {
      server,
      projectRoot: project,
      cacheFolder,
      reportsFolder: join(project, 'reports'),
      progress: silentProgress,
    },
  )
}

async function proveKept(laboratory: Laboratory, phase: number, fresh: boolean): Promise<Proof> {
  return prove(laboratory, phase, 'all', fresh)
}

async function fetchKept({ server, scenario }: Laboratory, phase: number): Promise<RawState> {
  const kept = (await server.listDatabases()).find(
    ({ name }) => name.startsWith('phaseproof_kept_') && name.endsWith(`_phase_${phase}`),
  )
  if (!kept) throw new Error(`no database of phase ${phase} was kept`)
  return fetchRawState(server.connectionString(kept.name), tools[scenario.tool.name]?.historyTable ?? '')
}

function toRefusal(error: unknown): { readonly fate: 'not-decided'; readonly why: string } {
  if (error instanceof HarnessError)
    return { fate: 'not-decided', why: `${error.code}: ${toMessage(error).slice(0, 200)}` }
  throw error
}
