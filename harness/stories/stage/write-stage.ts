import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { toSha256, toSha256OfBytes } from '../../ground/file-digest.ts'
import type { ProofStates } from '../../model/database-state.ts'
import { HarnessError } from '../../model/error.ts'
import type { Migration } from '../../model/history.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { StageManifest } from '../../model/stage.ts'
import { toProofFile, toStatementFile, toStatesFile } from '../../proof/proof-file.ts'
import { parseStatement } from '../../proof/statement/parse-statement.ts'
import { readPlan } from '../read-plan.ts'
import { checkStage } from './check-stage.ts'
import { chooseStaged } from './choose-staged.ts'
import { manifestFile, renderManifest } from './stage-manifest.ts'

/** What is staged, and where. */
interface StageRequest {
  readonly scenario: Scenario
  readonly upTo: number
  readonly projectRoot: string
  readonly reportsFolder: string
  /** Folder that is made; one that an earlier call made and nobody touched is replaced. */
  readonly out: string
  /** Names in production's history, those that the proof started from, or those that follow from the scenario. */
  readonly have: readonly string[] | 'as-proven' | 'as-planned'
}

/**
 * Writes the folder that production's deploy of one phase is given: what production has and the phase, in the tool's layout below
 * `migrations/`, and a manifest. The same files give the same folder.
 * @throws usage, plan-invalid; nothing is written then
 */
export async function writeStage(request: StageRequest): Promise<StageManifest> {
  const { scenario, upTo, projectRoot } = request
  const out = resolve(request.out)
  assertReplaceable(out)
  const { tool, migrations } = await readPlan(scenario, upTo, projectRoot)
  const have = toHave(request)
  const { staged, applied, missing } = chooseStaged(scenario, upTo, migrations, have)
  const proof = readProven(request, staged)
  const from = resolve(projectRoot, scenario.migrations)
  const texts = new Map(
    (await tool.listFiles(from, staged)).map((path) => [
      `migrations/${path}`,
      readFileSync(join(from, path)),
    ]),
  )
  const manifest: StageManifest = {
    format: 1,
    scenario: scenario.name,
    phase: upTo,
    tool: tool.rules,
    migrations: staged.map(({ name, checksum }) => ({ name, checksum, isApplied: applied.includes(name) })),
    missing,
    files: Object.fromEntries([...texts].map(([path, bytes]) => [path, toSha256OfBytes(bytes)])),
    proof,
  }
  replaceFolder(out, new Map([...texts, [manifestFile, Buffer.from(renderManifest(manifest))]]))
  return manifest
}

/** What stands where the folder goes may be a person's. */
function assertReplaceable(out: string): void {
  const found = lstatSync(out, { throwIfNoEntry: false })
  if (found === undefined) return
  const remedy = 'Name another folder with --out, or remove this one yourself.'
  if (!found.isDirectory()) throw usage(`${out} is no folder.`, remedy)
  if (readdirSync(out).length === 0) return
  const stage = checkStage(out)
  if (stage === null) throw usage(`${out} is not empty, and nothing was staged in it.`, remedy)
  if (stage.faults.length > 0)
    throw usage(`${out} was changed after it was staged: ${stage.faults.join(', ')}.`, remedy)
}

function toHave({ have, scenario, upTo, reportsFolder }: StageRequest): readonly string[] | null {
  if (have === 'as-planned') return null
  if (have !== 'as-proven') return have
  const file = toStatesFile(toProofFile(reportsFolder, scenario.name, upTo, { isScaled: false }))
  const states = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProofStates) : null
  const before = upTo === 1 ? states?.start : states?.phases.find(({ phase }) => phase === upTo - 1)?.after
  if (before) return before.history.map(({ name }) => name)
  throw usage(
    `No proof says what production has before phase ${upTo}: ${file} has no such state.`,
    'Prove the phase first, or name what production has with --have.',
  )
}

/** Digest of the proof, whose migrations must be the ones that are staged; null where there is no proof. */
function readProven(
  { scenario, upTo, reportsFolder }: StageRequest,
  staged: readonly Migration[],
): string | null {
  const file = toStatementFile(toProofFile(reportsFolder, scenario.name, upTo, { isScaled: false }))
  if (!existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  const parsed = parseStatement(text)
  if ('refusal' in parsed) throw usage(`${file}: ${parsed.refusal.message}`, parsed.refusal.remedy)
  const { verdict, proof } = parsed.statement.predicate.phaseproof
  const { migrations } = proof.about
  const changed = staged.filter(({ name, checksum }) => (migrations[name] ?? checksum) !== checksum)
  const faults = [
    ...(verdict === 'proven' ? [] : [`the phase is ${verdict}`]),
    ...changed.map(({ name }) => `${name} is not what was proven`),
  ]
  if (faults.length > 0)
    throw usage(
      `Staging phase ${upTo} beside its proof ${file}: ${faults.join(', ')}.`,
      'Prove the phase again, then stage it.',
    )
  return toSha256(text)
}

/** Writes the whole folder beside its place and then puts it there; nothing of it is seen before. */
function replaceFolder(out: string, files: ReadonlyMap<string, Uint8Array>): void {
  const beside = join(dirname(out), `.${basename(out)}.${process.pid}.new`)
  try {
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(beside, path)), { recursive: true })
      writeFileSync(join(beside, path), bytes)
    }
    rmSync(out, { recursive: true, force: true })
    renameSync(beside, out)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

function usage(message: string, remedy: string): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] })
}
