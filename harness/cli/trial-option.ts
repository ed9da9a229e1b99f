import { join } from 'node:path'
import { Option } from 'commander'
import { parsePostgresChoice } from '../postgres/parse-choice.ts'
import type { TrialServer } from '../stories/try-loading.ts'
import { findProjectRoot } from './project-root.ts'

/** The option that names the server on which a snapshot is tried. */
export function toTrialOption(what: string): Option {
  return new Option(
    '--postgres <where>',
    `${what}: auto, testcontainers, embedded, or a URL made for this`,
  ).default(process.env.PHASEPROOF_POSTGRES ?? 'auto')
}

/** The server that the option names. What comes there is masked, so the folder of other runs may hold it. */
export function toTrial(where: string): TrialServer {
  return { postgres: parsePostgresChoice(where), cacheFolder: join(findProjectRoot(), '.phaseproof') }
}
