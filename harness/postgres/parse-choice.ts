import { HarnessError } from '../model/error.ts'
import type { PostgresChoice } from '../model/ports.ts'
import { describeOptions, providers } from './providers.ts'

/**
 * Parses what stands behind `--postgres`: `auto`, the name of a provider, or a connection string.
 * @throws usage for anything else
 */
export function parsePostgresChoice(text: string): PostgresChoice {
  if (/^postgres(ql)?:\/\//.test(text)) return { url: text }
  const named = providers.find(({ name, option }) => name === text && option === text)
  if (text === 'auto' || named !== undefined) return text as PostgresChoice
  throw new HarnessError(
    'usage',
    'The choice of Postgres is not one the harness knows.',
    `Take ${describeOptions()}, which begins with postgresql://.`,
    { faults: ['unknown choice of Postgres'] },
  )
}
