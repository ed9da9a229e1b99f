import { openClientContainer } from '../postgres/container/client-container.ts'

// Opens a container with client programs, runs one in it that does not end, and waits to be killed.
const image = await openClientContainer([])
if (typeof image === 'string') throw new Error(image)
const endless = image.run(['sleep', '600']).next()
endless.catch(() => {})
process.stdout.write('open\n')
process.once('SIGTERM', () => image.close().then(() => process.exit(0)))
setInterval(() => {}, 1_000)
