/** Superuser of every server that we start. Production's roles are called otherwise, `postgres` among them. */
export const superuser = 'phaseproof'

/**
 * Settings of every server that we start, as `postgres -c` takes them. Durability is off, so a cluster that was not
 * stopped in order must never be used again. Errors of statements are not logged, because their detail may quote
 * rows.
 */
export const serverSettings: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '100',
  max_locks_per_transaction: '256',
  shared_buffers: '128MB',
  // In the data folder, so that a killed server leaves no segments behind; and Docker gives a container very little else.
  dynamic_shared_memory_type: 'mmap',
  checkpoint_timeout: '30min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
}

/** The settings as command arguments. */
export function toServerArguments(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
