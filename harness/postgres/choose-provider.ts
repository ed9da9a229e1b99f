import type { PostgresChoice } from '../model/ports.ts'
import { pingDocker } from './container/docker-ping.ts'
import { hasTestcontainers } from './container/has-testcontainers.ts'
import { unavailable } from './unavailable.ts'

/** Which provider will be started, and why, for people. */
export interface ChosenProvider {
  readonly provider: 'testcontainers' | 'embedded'
  /** Present when the harness chose: part of the server's description. */
  readonly reason?: string
}

const quickMs = 1_000
const patientMs = 5_000

/**
 * Decides where Postgres comes from: `auto` takes a container when a Docker engine answers within a second, else the
 * embedded server.
 * @throws postgres-unavailable when a container is asked for and no Docker engine answers, or the packages for it are not installed
 */
export async function chooseProvider(
  choice: Exclude<PostgresChoice, object>,
  env: NodeJS.ProcessEnv,
): Promise<ChosenProvider> {
  if (choice === 'embedded') return { provider: 'embedded' }
  if (choice === 'auto') {
    if (await pingDocker(env, quickMs)) {
      if (hasTestcontainers()) return { provider: 'testcontainers', reason: 'a Docker engine answered' }
      return { provider: 'embedded', reason: 'a Docker engine answered, but testcontainers is not installed' }
    }
    return { provider: 'embedded', reason: 'no Docker engine answered' }
  }
  if (!hasTestcontainers())
    throw unavailable(
      'testcontainers',
      'start Postgres in a container',
      'the packages testcontainers and @testcontainers/postgresql are not installed',
      'Add both for development, or pass --postgres embedded.',
    )
  if (await pingDocker(env, patientMs)) return { provider: 'testcontainers' }
  throw unavailable(
    'testcontainers',
    'start Postgres in a container',
    `no Docker engine answered within ${patientMs / 1000} s`,
    'Start Docker (or set DOCKER_HOST), or pass --postgres embedded.',
  )
}
