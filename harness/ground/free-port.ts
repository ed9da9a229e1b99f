import { createServer } from 'node:net'

/** Finds a port of the loopback address that nobody listens on now. Somebody else may take it before the caller does. */
export async function findFreePort(): Promise<number> {
  const trial = createServer()
  await new Promise<void>((resolve, reject) => {
    trial.once('error', reject)
    trial.listen(0, '127.0.0.1', resolve)
  })
  const { port } = trial.address() as { port: number }
  await new Promise((resolve) => trial.close(resolve))
  return port
}
