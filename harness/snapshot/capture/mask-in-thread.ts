import { parentPort, workerData } from 'node:worker_threads'
import { Unmaskable } from '../mask/mask.ts'
import { toMaskKey } from '../mask/mask-key.ts'
import { toTableKey } from '../source.ts'
import { maskRows } from './mask-rows.ts'
import type { MaskOrder, MaskReply, ThreadData } from './mask-threads.ts'
import { type TablePlan, toTablePlan } from './table-plan.ts'

// The other end of `openMaskThreads`: masks what it is sent, and sends it back.
const { secret, tables, ...rest } = workerData as ThreadData
const shared = { ...rest, key: toMaskKey(secret), numbers: new Map() }
const plans = new Map<string, TablePlan | null>()
for (const table of tables) plans.set(toTableKey(table), toTablePlan(table, shared))

parentPort?.on('message', ({ table, rows }: MaskOrder) => {
  const reply = answer(table, Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength))
  parentPort?.postMessage(reply, reply.bytes ? [reply.bytes.buffer as ArrayBuffer] : [])
})

function answer(table: string, rows: Buffer): MaskReply {
  try {
    const { bytes, ...counts } = maskRows(plans.get(table) as TablePlan, rows)
    // Small buffers share their memory, and what is shared cannot be handed over.
    const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes)
    return { ...counts, bytes: own }
  } catch (error) {
    if (!(error instanceof Unmaskable)) throw error
    return { unmaskable: error.message, at: error.at }
  }
}
