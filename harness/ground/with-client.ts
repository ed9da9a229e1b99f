import pg from 'pg'

/** How a connection is made. */
interface ClientOptions {
  /** What `pg_stat_activity` shows. Default: phaseproof. */
  readonly applicationName?: string
  /** Longest wait for the connection, in ms. Default 15 s. */
  readonly connectTimeoutMs?: number
  /** Settings of the session as `postgres -c` takes them; they win over those of role and database. */
  readonly options?: string
}

/**
 * Opens a connection that the caller ends. A backend that dies between two queries makes the next query reject; it never ends this
 * process.
 * @throws the error of the driver or of Postgres, unchanged
 */
export async function openClient(
  connectionString: string,
  { applicationName = 'phaseproof', connectTimeoutMs = 15_000, options }: ClientOptions = {},
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    ...(options !== undefined && { options }),
  })
  // Without a listener the event of a connection that breaks ends the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    await endClient(client)
    throw error
  }
}

/** Ends a connection, whatever state it is in. */
export async function endClient(client: pg.Client): Promise<void> {
  await client.end().catch(() => {})
}

/**
 * Runs `use` with a connection of its own, which is ended on every path.
 * @throws what `use` throws; the error of the driver or of Postgres, unchanged
 */
export async function withClient<T>(
  connectionString: string,
  use: (client: pg.Client) => Promise<T>,
  options?: ClientOptions,
): Promise<T> {
  const client = await openClient(connectionString, options)
  try {
    return await use(client)
  } finally {
    await endClient(client)
  }
}
