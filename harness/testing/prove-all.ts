import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ServerAddress } from '../model/ports.ts'
import type { Proof } from '../model/proof.ts'
import type { ExperimentName } from '../model/rehearsal.ts'

interface Line {
  readonly scenario: string
  readonly proof?: Proof
  readonly error?: string
}

/** Proofs as they come, made by a process of their own, for Vitest can't run in itself. */
export interface ProvingAll {
  /** @throws Error when the scenario ended without a proof */
  proofOf(scenario: string): Promise<Proof>
  /** Ends the process, whose proofs may not all have been asked for, and removes what it wrote. */
  stop(): Promise<void>
}

/**
 * Proves scenarios of a project one after another on a server that runs, as the command line does.
 * @param experiments those that are made, for all scenarios or by name; left out: all
 */
export function proveAll(
  projectRoot: string,
  scenarios: readonly string[],
  address: ServerAddress,
  experiments: readonly ExperimentName[] | Readonly<Record<string, readonly ExperimentName[]>> = {},
): ProvingAll {
  const { VITEST: _vitest, ...env } = process.env
  const args = ['--import', import.meta.resolve('tsx'), join(import.meta.dirname, 'prove-each.ts')]
  const cacheFolder = mkdtempSync(join(tmpdir(), 'phaseproof-each-'))
  const child = spawn(process.execPath, [...args, cacheFolder, projectRoot, ...scenarios], {
    env: { ...env, CI: 'true' },
  })
  child.stdin.end(JSON.stringify({ address, experiments }))
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
    // What a test prints is no line of ours.
    if (!text.startsWith('{"scenario"')) return
    const line = JSON.parse(text) as Line
    lines.set(line.scenario, line)
    tell()
  })
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      hasEnded = true
      tell()
      resolve()
    })
  })
  return {
    async proofOf(scenario) {
      while (!lines.has(scenario) && !hasEnded) await new Promise<void>((wake) => waiting.add(wake))
      const { proof, error } = lines.get(scenario) ?? {}
      if (proof) return proof
      throw new Error(`${scenario} was not proven: ${error ?? said}`)
    },
    async stop() {
      // One that has told everything ends by itself, when its last databases are dropped.
      if (lines.size < scenarios.length) child.kill()
      await ended
      rmSync(cacheFolder, { recursive: true, force: true })
    },
  }
}
