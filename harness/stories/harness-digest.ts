import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CodeDigest, readCodeDigest } from '../ground/code-digest.ts'

/** Files whose import closure decides about what a replay, an inspection or a measurement of effects yields, by what the digest is used for. */
const entries = {
  replay: [
    'snapshot/load-snapshot',
    'stories/replay-phase-of',
    'stories/checkpoints',
    'stories/checkpoint-key',
    'tool/tools',
  ],
  proof: ['cli/prove-scenario'],
  rehearsal: ['stories/rehearsal/rehearse-phase', 'tool/tools'],
  history: ['stories/history/measure-effects', 'tool/tools'],
  capture: ['capture/capture-snapshot', 'capture/dump/restore-script', 'stories/full-proof'],
}
const harness = dirname(dirname(fileURLToPath(import.meta.url)))
const known = new Map<keyof typeof entries, string>()

/**
 * SHA-256 over the code that a replay or a capture runs, hex. A version number alone would let a checkpoint made by older code of the
 * same version pass for a new one; all of the code would drop every checkpoint for a comment elsewhere.
 */
export function harnessDigest(use: keyof typeof entries = 'replay'): string {
  const digest = known.get(use) ?? readHarnessCode(use).digest
  known.set(use, digest)
  return digest
}

/** The code that a replay or a capture runs: its entry files and all that they import. */
export function readHarnessCode(use: keyof typeof entries): CodeDigest {
  // The package that people install holds the same files compiled.
  const paths = entries[use].map((entry) => join(harness, `${entry}.ts`))
  return readCodeDigest(
    paths.map((path) => (existsSync(path) ? path : path.replace(/\.ts$/, '.js'))),
    harness,
  )
}
