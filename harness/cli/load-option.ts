import { join } from 'node:path'
import { parsePostgresChoice } from '../postgres/parse-choice.ts'
import type { LoadServer } from '../stories/try-loading.ts'
import { findProjectRoot } from './project-root.ts'

/** The server that the option names. What comes there is masked, so the folder of other runs may hold it. */
export function toLoadServer(where: string): LoadServer {
  return { postgres: parsePostgresChoice(where), cacheFolder: join(findProjectRoot(), '.phaseproof') }
}
