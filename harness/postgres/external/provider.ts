import type { PostgresProvider } from '../provider.ts'

/** A server that somebody else runs, through a database that was made for the harness. */
export const external: PostgresProvider = {
  name: 'external',
  option: 'a URL made for this',
  title: 'the server of the URL',
  automatic: false,
  canStay: false,
  remedy: 'Check that the server runs and that host, port, user and password of the URL are right.',
  // Only a connection could tell, and whoever names a URL wants that one or none.
  probe: async () => ({ available: true, reason: 'its URL was given' }),
  start: async ({ url = '', ...options }) => (await import('./external.ts')).startExternal(url, options),
}
