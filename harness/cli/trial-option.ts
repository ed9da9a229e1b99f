import { join } from 'node:path'
import { Option } from 'commander'
import type { TrialServer } from '../stories/try-loading.ts'
import { parsePostgresChoice } from '../vitest/run-options.ts'

/** The option that names the server on which a snapshot is tried. */
export function toTrialOption(what: string): Option {
  return new Option(
    '--postgres <where>',
    `${what}: auto, testcontainers, embedded, or a URL made for this`,
  ).default(process.env.PHASEPROOF_POSTGRES ?? 'auto')
}

/** The server that the option names. What comes there is masked, so the folder of other runs may hold it. */
export function toTrial(where: string): TrialServer {
  return { postgres: parsePostgresChoice(where), cacheFolder: join(process.cwd(), '.phaseproof') }
}
