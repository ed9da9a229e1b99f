import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { buildSync } from 'esbuild'
import { Unmaskable } from '../mask/mask.ts'
import { type SourceTable, toTableKey } from '../source.ts'
import { type MaskedRows, maskRows } from './mask-rows.ts'
import type { MaskShared, TablePlan } from './table-plan.ts'

/** Masks whole rows, here or in another thread. */
export interface Masker {
  mask(plan: TablePlan, rows: Buffer): Promise<MaskedRows>
  /** Ends all threads; what they are at is lost. */
  close(): Promise<void>
}

/** What a thread needs to make the same plans. The secret is handed over in memory. */
export interface ThreadData extends Omit<MaskShared, 'key' | 'numbers'> {
  readonly secret: string
  readonly tables: readonly SourceTable[]
}

/** Rows for a thread. */
export interface MaskOrder {
  readonly table: string
  readonly rows: Uint8Array
}

/** What a thread made of them. */
export type MaskReply =
  | { readonly bytes?: undefined; readonly unmaskable: string; readonly at: Unmaskable['at'] }
  | (Omit<MaskedRows, 'bytes'> & { readonly bytes: Uint8Array })

/** Less than this is masked sooner than threads have started. */
const LEAST_BYTES = 32_000_000

/**
 * A masker of `count` threads, which start once so much has been masked that more is to be expected; below two it masks here.
 * Every thread is given the mask's secret in memory, and nothing of it in arguments or environment.
 */
export function openMaskThreads(
  shared: MaskShared,
  tables: readonly SourceTable[],
  count: number,
  leastBytes = LEAST_BYTES,
): Masker {
  const { key, numbers: _, ...rest } = shared
  const data: ThreadData = { ...rest, secret: key.reveal(), tables }
  let threads: readonly MaskThread[] = []
  let maskedBytes = 0
  return {
    async mask(plan, rows) {
      maskedBytes += rows.length
      // The numbers of a class may be as many as rows: they stay in one place.
      const isHere = plan.columns.some(({ rule }) => rule.kind === 'number')
      if (count < 2 || maskedBytes <= leastBytes || isHere) return maskRows(plan, rows)
      if (threads.length === 0) threads = Array.from({ length: count }, () => new MaskThread(data))
      const [idlest] = threads.toSorted((a, b) => a.waiting - b.waiting) as [MaskThread]
      return idlest.mask(plan, rows)
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

interface Asked {
  readonly resolve: (masked: MaskedRows) => void
  readonly reject: (error: Error) => void
}

let program: string | undefined

/** A thread of Node 20 reads no TypeScript, and teaching it to costs each of them half a second and 40 MB: it gets one script. */
function renderProgram(): string {
  program ??= buildSync({
    entryPoints: [fileURLToPath(new URL('./mask-in-thread.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
  }).outputFiles[0]?.text
  return program ?? ''
}

class MaskThread {
  private readonly worker: Worker
  /** In the order of the answers to come. */
  private readonly asked: Asked[] = []
  private failure: Error | undefined

  constructor(data: ThreadData) {
    this.worker = new Worker(renderProgram(), {
      eval: true,
      workerData: data,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    })
    this.worker.on('message', (reply: MaskReply) => this.answer(reply))
    this.worker.on('error', (error) => this.fail(error))
    this.worker.on('exit', () => this.fail(new Error('a thread that masks rows has ended')))
  }

  get waiting(): number {
    return this.asked.length
  }

  mask(plan: TablePlan, rows: Buffer): Promise<MaskedRows> {
    if (this.failure) return Promise.reject(this.failure)
    const order: MaskOrder = { table: toTableKey(plan.table), rows }
    this.worker.postMessage(order, [rows.buffer as ArrayBuffer])
    return new Promise((resolve, reject) => this.asked.push({ resolve, reject }))
  }

  async close(): Promise<void> {
    await this.worker.terminate()
  }

  private answer(reply: MaskReply): void {
    const asked = this.asked.shift()
    if (reply.bytes === undefined) asked?.reject(new Unmaskable(reply.unmaskable, reply.at))
    else asked?.resolve({ ...reply, bytes: Buffer.from(reply.bytes.buffer) })
  }

  private fail(error: Error): void {
    this.failure ??= error
    for (const { reject } of this.asked.splice(0)) reject(this.failure)
  }
}
