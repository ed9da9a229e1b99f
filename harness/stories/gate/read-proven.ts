import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import { toMessage } from '../../ground/to-message.ts'
import type { DatabaseState, ProofStates } from '../../model/database-state.ts'
import { HarnessError } from '../../model/error.ts'
import type { GateFault, ReadProof } from '../../model/gate.ts'
import type { Proof, ProofAbout } from '../../model/proof.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { toStatesFile } from '../../proof/proof-file.ts'
import { describeAbout } from '../describe-about.ts'
import { type Plan, readPlan } from '../read-plan.ts'
import { readSnapshotOf } from '../read-snapshot-of.ts'

/** What a gate or a verification relies on. */
export interface Proven {
  readonly read: ReadProof
  readonly plan: Plan
  readonly snapshot: Snapshot | null
}

/**
 * Reads the proof that speaks of a phase, and recomputes from the project's files all that it is about.
 * @param named a proof's file; left out: the newest one in `reports/` of phases 1 to N or more
 * @throws usage when there is no proof; plan-invalid, snapshot-invalid
 */
export async function readProven(
  scenario: Scenario,
  phase: number,
  projectRoot: string,
  named?: string,
): Promise<Proven> {
  const path = named === undefined ? findProof(scenario, phase, projectRoot) : resolve(projectRoot, named)
  const text = readText(path, scenario, phase)
  const proof = parseProof(path, text, scenario.name)
  const upTo = Math.min(Math.max(proof.upTo, phase), scenario.phases.length)
  const plan = await readPlan(scenario, upTo, projectRoot)
  const { snapshot } = await readSnapshotOf(scenario, projectRoot, undefined)
  const { tool, migrations } = plan
  const is = await describeAbout({
    scenario,
    upTo,
    tool,
    snapshot,
    scaled: proof.about.scaled,
    migrations,
    server: { version: { text: proof.about.postgres, major: Number.parseInt(proof.about.postgres, 10) } },
    projectRoot,
  })
  const files = new Map(migrations.map(({ name, file }) => [name, file]))
  const read: ReadProof = {
    file: relative(projectRoot, path),
    sha256: toSha256(text),
    proof,
    states: readStates(toStatesFile(path), proof),
    changed: listChanges(proof.about, is, files),
  }
  return { read, plan, snapshot }
}

/** The proven states before and after a phase; null where they are not known. */
export function toPhaseStates(
  states: ProofStates | null,
  phase: number,
): { readonly before: DatabaseState | null; readonly after: DatabaseState | null } {
  const afterOf = (id: number) => states?.phases.find((entry) => entry.phase === id)?.after ?? null
  return { before: phase === 1 ? (states?.start ?? null) : afterOf(phase - 1), after: afterOf(phase) }
}

function findProof({ name, phases }: Scenario, phase: number, projectRoot: string): string {
  const folder = join(projectRoot, 'reports', name)
  const entries = existsSync(folder) ? readdirSync(folder) : []
  const files = entries.flatMap((entry) => {
    const upTo = Number(/^phase-(\d+)\.json$/.exec(entry)?.[1] ?? 0)
    return upTo >= phase && upTo <= phases.length ? [{ file: join(folder, entry), upTo }] : []
  })
  const taken = ({ file }: { file: string }) =>
    /"takenAt": "([^"]*)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  const [newest] = files.sort((a, b) => taken(b).localeCompare(taken(a)) || a.upTo - b.upTo)
  return newest?.file ?? join(folder, `phase-${phase}.json`)
}

function readText(path: string, { name }: Scenario, phase: number): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const message = `There is no proof of phase ${phase} of scenario ${name}: ${path} was not found.`
    const remedy = `Prove it first: phaseproof prove ${phase} --scenario ${name}.`
    throw new HarnessError('usage', message, remedy, { faults: [message] }, { cause })
  }
}

function parseProof(path: string, text: string, scenario: string): Proof {
  let cause = 'it is not of format 1'
  try {
    const proof = JSON.parse(text) as Partial<Proof>
    const isWhole = Array.isArray(proof.phases) && Array.isArray(proof.limits) && proof.about !== undefined
    if (proof.format === 1 && isWhole && proof.scenario === scenario) return proof as Proof
    if (proof.scenario !== scenario) cause = `it is about the scenario ${String(proof.scenario)}`
  } catch (error) {
    cause = toMessage(error)
  }
  const message = `Read the proof ${path} for scenario ${scenario}: ${cause}.`
  throw new HarnessError('usage', message, 'Prove the scenario again.', { faults: [message] })
}

function readStates(path: string, proof: Proof): ProofStates | null {
  if (!existsSync(path)) return null
  const text = readFileSync(path, 'utf8')
  return toSha256(text) === proof.states ? (JSON.parse(text) as ProofStates) : null
}

const WORDS: Readonly<Record<keyof ProofAbout, string>> = {
  snapshot: 'the snapshot',
  migrations: 'the migrations',
  expectations: 'what the phases expect',
  postgres: 'the version of Postgres',
  tool: 'the migration tool or its rules',
  harness: 'the code of phaseproof',
  server: 'the server of the scenario',
  earlierServers: 'an earlier server',
  scaled: 'the number of rows',
  contract: 'the API contracts or the document',
}

function listChanges(was: ProofAbout, is: ProofAbout, files: ReadonlyMap<string, string>): GateFault[] {
  const names = [...new Set([...Object.keys(was.migrations), ...Object.keys(is.migrations)])].sort()
  const migrations = names.flatMap((name): GateFault[] => {
    const sha256 = is.migrations[name]
    const file = files.get(name)
    if (was.migrations[name] === sha256) return []
    if (sha256 === undefined) return [{ says: `migration ${name} is gone` }]
    const says = was.migrations[name] === undefined ? 'was not in the proof' : 'was changed after the proof'
    return [{ says: `migration ${name} ${says}`, ...(file !== undefined && { file }), sha256 }]
  })
  const others = (Object.keys(WORDS) as (keyof ProofAbout)[]).filter(
    (key) => key !== 'migrations' && toStable(was[key]) !== toStable(is[key]),
  )
  return [...migrations, ...others.map((key) => ({ says: `${WORDS[key]} is not that of the proof` }))]
}

/** JSON with its keys in order: a file may hold them in another one. */
function toStable(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, entry: unknown) =>
    entry !== null && typeof entry === 'object' && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => a.localeCompare(b)))
      : entry,
  )
}
