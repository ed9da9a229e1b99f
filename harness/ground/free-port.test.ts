import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { findFreePort } from './free-port.ts'

it('finds a port that can be listened on', async () => {
  const port = await findFreePort()
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  expect(server.address()).toMatchObject({ port })
  await new Promise((resolve) => server.close(resolve))
})
