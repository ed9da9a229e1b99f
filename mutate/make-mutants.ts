import { join } from 'node:path'
import type { PhaseEvidence } from '../harness/model/checkpoint.ts'
import type { Migration } from '../harness/model/history.ts'
import type { Scenario } from '../harness/model/scenario.ts'
import { addStatements } from './add-statements.ts'
import { editStatements } from './edit-statements.ts'
import type { Change, Mutant } from './mutant.ts'

/** How many mutants are made. */
interface Share {
  /** At most so many of one kind in one phase, spread over all places where that fault is possible. */
  readonly perKind: number
  /** Added statements are left in every so many-th phase only, each kind in others, so that all kinds meet some phase. */
  readonly everyPhases: number
}

/** All mutants of a scenario in the order of its phases; the same ones every time. */
export async function makeMutants(
  scenario: Scenario,
  migrations: readonly Migration[],
  evidence: readonly PhaseEvidence[],
  { perKind, everyPhases }: Share,
): Promise<Mutant[]> {
  const mutants: Mutant[] = []
  const kinds = new Map<string, number>()
  for (const phase of scenario.phases) {
    const ofPhase = evidence.find((entry) => entry.phase === phase.id)
    const files = migrations.filter(({ name }) => phase.migrations.includes(name))
    const last = files.at(-1)
    if (!ofPhase || !last) continue
    const changes: (Change & { migration: string })[] = []
    for (const { name, sql } of files) {
      for (const change of await editStatements(sql)) changes.push({ ...change, migration: name })
    }
    const edited = [...new Set(changes.map(({ kind }) => kind))].flatMap((kind) =>
      spread(
        changes.filter((change) => change.kind === kind),
        perKind,
      ),
    )
    const added = addStatements(phase, ofPhase, last.sql).filter(({ kind }) => {
      const number = kinds.get(kind) ?? kinds.size
      kinds.set(kind, number)
      return (phase.id + number) % everyPhases === 0
    })
    for (const change of [...edited, ...added.map((entry) => ({ ...entry, migration: last.name }))]) {
      const number =
        mutants.filter((entry) => entry.phase === phase.id && entry.kind === change.kind).length + 1
      mutants.push({ ...change, id: `${phase.id}-${change.kind}-${number}`, phase: phase.id })
    }
  }
  return mutants
}

/** So many of a list, evenly spread over it. */
export function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list]
  return Array.from({ length: count }, (_, place) => list[Math.floor((place * list.length) / count)] as T)
}

/** Path of a mutant's file, for people. */
export function toFile(scenario: Scenario, { migration }: Pick<Mutant, 'migration'>): string {
  return join(scenario.migrations, migration, 'migration.sql')
}
