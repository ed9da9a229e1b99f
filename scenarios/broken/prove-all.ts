import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ServerAddress } from '../../harness/model/ports.ts'
import type { Proof } from '../../harness/model/proof.ts'

interface Line {
  readonly folder: string
  readonly proof?: Proof
  readonly error?: string
}

/** The proofs of broken scenarios as they come, made by a process of their own, for Vitest can't run in itself. */
export interface ProvingAll {
  proofOf(folder: string): Promise<Proof>
  stop(): void
}

/** Proves the scenarios one after another on a server that runs. */
export function proveAll(folders: readonly string[], address: ServerAddress): ProvingAll {
  const { VITEST: _vitest, ...env } = process.env
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'prove-broken.ts'), ...folders],
    { env: { ...env, CI: 'true' }, stdio: ['pipe', 'pipe', 'pipe'] },
  )
  child.stdin.end(JSON.stringify(address))
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const lines = new Map<string, Line>()
  const waiting = new Set<() => void>()
  const tell = () => {
    for (const wake of waiting) wake()
  }
  createInterface(child.stdout).on('line', (text) => {
    const line = toLine(text)
    if (line) lines.set(line.folder, line)
    tell()
  })
  let hasEnded = false
  child.on('close', () => {
    hasEnded = true
    tell()
  })
  return {
    async proofOf(folder) {
      while (!lines.has(folder) && !hasEnded) await new Promise<void>((wake) => waiting.add(wake))
      const { proof, error } = lines.get(folder) ?? {}
      if (proof) return proof
      throw new Error(`broken/${folder} was not proven: ${error ?? said}`)
    },
    stop: () => child.kill(),
  }
}

/** What a test prints is no line of ours. */
function toLine(text: string): Line | null {
  if (!text.startsWith('{"folder"')) return null
  return JSON.parse(text) as Line
}
