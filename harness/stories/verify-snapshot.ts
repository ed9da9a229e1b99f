import { basename } from 'node:path'
import { toCaptureError } from '../capture/capture-failed.ts'
import { assertCanaries } from '../capture/leak/canaries.ts'
import { proveNoLeak, type SourceReader } from '../capture/leak/prove-no-leak.ts'
import { comparePolicy } from '../capture/policy/compare-policy.ts'
import { readSource } from '../capture/source/read-source.ts'
import { openSource } from '../capture/source/source-session.ts'
import { fetchSource } from '../ground/fetch-source.ts'
import { exists } from '../ground/swap-in.ts'
import { HarnessError } from '../model/error.ts'
import type { LeakCheck, Policy } from '../model/policy.ts'
import type { Progress } from '../model/ports.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { readSnapshot } from '../snapshot/read-snapshot.ts'
import { assertSanitised, isInvented, readPolicy } from './assert-sanitised.ts'
import { type LoadServer, tryLoading } from './try-loading.ts'

/** What is verified, and by what. */
interface VerifyRequest {
  readonly folder: string
  /** A source to look for raw values of, and its name for messages, without password. */
  readonly against?: { readonly url: string; readonly name: string }
  /** Planted values that must not be in the snapshot. */
  readonly canaries: readonly string[]
  /** Where to try that all rows satisfy the schema; not tried when absent. */
  readonly loadServer?: LoadServer
  readonly progress: Progress
}

/** What was found. */
export interface Verification {
  readonly snapshot: Snapshot
  readonly passed: boolean
  readonly checks: readonly LeakCheck[]
}

const HOUR_MS = 3_600_000

/**
 * Verifies a snapshot: its digests, its leak proof and what its files show; beside a source also that no raw value is
 * left, on a server also that it loads. It writes nothing.
 * @throws usage, snapshot-refused, capture-failed, postgres-unavailable
 */
export async function verifySnapshot(request: VerifyRequest): Promise<Verification> {
  const { progress, against } = request
  assertCanaries(request.canaries)
  const snapshot = await readWhole(request.folder)
  const { policy } = await readPolicy(snapshot)
  const checks: LeakCheck[] = [await checkSanitised(snapshot)]
  const subject = {
    folder: snapshot.folder,
    tables: snapshot.manifest.tables,
    policy: policy ?? NO_POLICY,
  }
  const options = { progress, canaries: request.canaries }
  if (!against) checks.push(...(await proveNoLeak(subject, null, options)))
  else {
    await withSource(against, async (source, faults) => {
      checks.push({
        name: 'policy fits the source',
        passed: faults.length === 0,
        method: 'tables, columns and types of the source beside those of policy.yaml',
        found: faults,
      })
      checks.push(...(await proveBeside(source, faults)))
    })
  }
  if (request.loadServer) checks.push(await checkLoads(snapshot, request.loadServer, progress))
  return { snapshot, passed: checks.every(({ passed }) => passed), checks }

  /** A source that has moved on so far that it cannot be read is a fault of the fit, which is told already. */
  async function proveBeside(source: SourceReader, faults: readonly string[]): Promise<readonly LeakCheck[]> {
    try {
      return await proveNoLeak(subject, source, options)
    } catch (error) {
      if (faults.length === 0) throw error
      return proveNoLeak(subject, null, options)
    }
  }

  async function withSource(
    { url, name }: NonNullable<VerifyRequest['against']>,
    body: (source: SourceReader, faults: readonly string[]) => Promise<void>,
  ): Promise<void> {
    const sessions = await openSource({ url, statementTimeoutMs: HOUR_MS, lockTimeoutMs: 2000 }, name)
    try {
      const source = await fetchSource(sessions.first, name)
      const today = new Date().toISOString().slice(0, 10)
      await body(readSource(sessions, source), comparePolicy(policy ?? NO_POLICY, source, today))
    } catch (error) {
      throw toCaptureError(error, name)
    } finally {
      await sessions.close()
    }
  }
}

/** A folder that is changed or not complete is what a verification is to find: a verdict, not a mishap. */
async function readWhole(folder: string): Promise<Snapshot> {
  if (!(await exists(folder))) {
    const message = `There is no folder ${folder}.`
    throw new HarnessError('usage', message, 'Name the folder of a snapshot.', { faults: [message] })
  }
  return readSnapshot(folder).catch((error: unknown) => {
    if (!(error instanceof HarnessError) || error.code !== 'snapshot-invalid') throw error
    const reasons = [error.message]
    throw new HarnessError('snapshot-refused', error.message, error.remedy, {
      snapshot: basename(folder),
      reasons,
    })
  })
}

async function checkLoads(
  snapshot: Snapshot,
  loadServer: LoadServer,
  progress: Progress,
): Promise<LeakCheck> {
  const loads = await tryLoading(snapshot, loadServer, progress)
  if (typeof loads !== 'string') return loads
  const { name } = snapshot.manifest
  const message = `Whether snapshot "${name}" loads could not be tried: ${loads}`
  throw new HarnessError('postgres-unavailable', message, 'Take another server: --postgres.', {
    provider: 'for the trial',
    attempted: `load snapshot "${name}"`,
    cause: loads,
  })
}

/** Of a snapshot without a policy no column is known: only patterns and canaries can be looked for. */
const NO_POLICY: Policy = { format: 1, claims: 'none', reasons: {}, tables: {}, quasiIdentifiers: [] }

async function checkSanitised(snapshot: Snapshot): Promise<LeakCheck> {
  const method = isInvented(snapshot)
    ? 'it says that its data are invented; nothing of anybody was there to be removed'
    : 'its leak proof is about these files and this policy, and passed'
  const error = await assertSanitised(snapshot).catch((thrown: unknown) => thrown)
  const found = error === undefined ? [] : toReasons(error)
  return { name: 'sanitised', passed: found.length === 0, method, found }
}

function toReasons(error: unknown): readonly string[] {
  const context = (error as { context?: { reasons?: readonly string[] } }).context
  if (!context?.reasons) throw error
  return context.reasons
}
