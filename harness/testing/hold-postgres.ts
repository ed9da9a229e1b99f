import { startPostgres } from '../postgres/start-postgres.ts'

// Starts a server on the cache folder of the first argument, says which, and waits to be killed.
const [cacheFolder = '', choice] = process.argv.slice(2)
const steps: string[] = []
const postgres = await startPostgres(choice === 'testcontainers' ? choice : 'embedded', {
  cacheFolder,
  progress: { step: (text) => steps.push(text), count() {} },
})
const { persistent, description } = postgres
const url = postgres.connectionString('phaseproof_x')
process.stdout.write(`${JSON.stringify({ persistent, description, url, steps })}\n`)
process.once('SIGTERM', () => postgres.stop().then(() => process.exit(0)))
setInterval(() => {}, 1_000)
