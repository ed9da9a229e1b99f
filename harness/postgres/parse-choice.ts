import { HarnessError } from '../model/error.ts'
import type { PostgresChoice } from '../model/ports.ts'

/**
 * `auto`, `testcontainers`, `embedded` or a connection string.
 * @throws usage for anything else
 */
export function parsePostgresChoice(text: string): PostgresChoice {
  if (text === 'auto' || text === 'testcontainers' || text === 'embedded') return text
  if (/^postgres(ql)?:\/\//.test(text)) return { url: text }
  throw new HarnessError(
    'usage',
    'The choice of Postgres is not one the harness knows.',
    'Take auto, testcontainers, embedded, or a URL that begins with postgresql://.',
    { faults: ['unknown choice of Postgres'] },
  )
}
