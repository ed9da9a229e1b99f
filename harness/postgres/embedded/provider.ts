import type { PostgresProvider } from '../provider.ts'
import { findPackage, packageRemedy } from './embedded-binaries.ts'

/** Postgres from an npm package; its databases stay in the cache folder for the next run. */
export const embedded: PostgresProvider = {
  name: 'embedded',
  option: 'embedded',
  title: 'the embedded Postgres',
  automatic: true,
  canStay: false,
  remedy: packageRemedy,
  async probe() {
    const { name, entry } = findPackage()
    const available = entry !== undefined
    return { available, reason: `the package ${name} is ${available ? '' : 'not '}installed` }
  },
  start: async (options) => (await import('./embedded.ts')).startEmbedded(options),
}
