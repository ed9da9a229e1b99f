import type { PostgresProvider } from '../provider.ts'
import { pingDocker } from './docker-ping.ts'
import { hasTestcontainers } from './has-testcontainers.ts'

/** Postgres in a container; its data in memory, gone with the run. */
export const container: PostgresProvider = {
  name: 'testcontainers',
  option: 'testcontainers',
  title: 'the container',
  automatic: true,
  canStay: true,
  remedy:
    'Start Docker, or set DOCKER_HOST; and add testcontainers and @testcontainers/postgresql for development.',
  async probe(env, patienceMs) {
    if (!hasTestcontainers()) return { available: false, reason: 'testcontainers is not installed' }
    const available = await pingDocker(env, patienceMs)
    return { available, reason: available ? 'a Docker engine answered' : 'no Docker engine answered' }
  },
  start: async (options) => (await import('./container.ts')).startContainer(options),
}
