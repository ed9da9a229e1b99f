import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { ClientBase } from 'pg'
import { captureSnapshot } from '../capture/capture-snapshot.ts'
import { assertCanaries } from '../capture/leak/canaries.ts'
import type { MaskKey } from '../capture/mask/mask-key.ts'
import type { SchemaFrom } from '../capture/source/fetch-schema-sql.ts'
import { redactUrl } from '../ground/redact.ts'
import { HarnessError } from '../model/error.ts'
import type { Progress } from '../model/ports.ts'
import type { RecordedAnswer } from '../model/precondition.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { openClientContainer } from '../postgres/container/client-container.ts'
import { askSource } from './ask-preconditions.ts'
import { toFullProof } from './full-proof.ts'
import { harnessDigest } from './harness-digest.ts'
import { HARNESS_VERSION } from './harness-version.ts'
import { readPlan } from './read-plan.ts'
import type { LoadServer } from './try-loading.ts'

const HOUR_MS = 3_600_000

/** What is captured, how it is masked, and where it goes. */
export interface CaptureRequest {
  /** Connection string of a role that can only read. */
  readonly url: string
  /** Path of `policy.yaml`. */
  readonly policy: string
  /** Folder of the snapshot; its name is the snapshot's. */
  readonly folder: string
  readonly key: MaskKey
  readonly progress: Progress
  /** ISO 8601; now when absent. */
  readonly takenAt?: string
  readonly allowWriter?: string
  readonly schemaFrom?: SchemaFrom
  readonly jobs?: number
  readonly statementTimeoutMs?: number
  readonly lockTimeoutMs?: number
  /** Planted values that must not be in the snapshot. */
  readonly canaries?: readonly string[]
  /** Where to try that all rows satisfy the schema, before the snapshot takes its place; not tried when absent. */
  readonly loadServer?: LoadServer
  readonly signal?: AbortSignal
  /** The scenario whose statements the source is asked about, and where its project is; nothing is asked when absent. */
  readonly scenario?: { readonly scenario: Scenario; readonly projectRoot: string }
}

/**
 * Captures a production database into a snapshot that is proven free of its values: masked by the policy on its way, read back,
 * and only then put in its place.
 * @throws usage, policy-invalid, capture-failed, snapshot-refused
 */
export async function capture(request: CaptureRequest): Promise<Snapshot> {
  const { policy, folder, canaries, loadServer, scenario, ...options } = request
  assertCanaries(request.canaries ?? [])
  return captureSnapshot({
    ...options,
    folder,
    name: basename(resolve(folder)),
    source: redactUrl(request.url),
    policy: { text: await readPolicyText(policy), name: policy },
    openClientImage: openClientContainer,
    maker: `${HARNESS_VERSION} snapshot capture`,
    code: harnessDigest('capture'),
    ...(scenario && { ask: await toAsk(scenario, request) }),
    ...(scenario?.scenario.roles && { roles: Object.values(scenario.scenario.roles) }),
    prove: toFullProof(
      { progress: request.progress, ...(canaries && { canaries }) },
      loadServer,
      request.signal,
    ),
  })
}

/** Reads the plan before anything is captured, so that a fault of it costs no hours. */
async function toAsk(
  { scenario, projectRoot }: NonNullable<CaptureRequest['scenario']>,
  { progress, statementTimeoutMs = HOUR_MS }: CaptureRequest,
): Promise<(client: ClientBase) => Promise<readonly RecordedAnswer[]>> {
  const { tool, migrations } = await readPlan(scenario, scenario.phases.length, projectRoot)
  return async (client) => {
    const answers = await askSource(client, { scenario, tool, migrations }, statementTimeoutMs)
    progress.step(`${answers.length} conditions of scenario ${scenario.name} asked of the source`)
    return answers
  }
}

async function readPolicyText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const message = `The policy ${path} cannot be read: ${(error as NodeJS.ErrnoException).code}.`
    throw new HarnessError('usage', message, 'Make a first draft with `phaseproof snapshot classify`.', {
      faults: [message],
    })
  }
}
