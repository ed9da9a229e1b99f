import { acquireLock } from '../postgres/embedded/cluster-lock.ts'

// Waits for a line, so that several can try at the same moment; then says whether it got the lock and holds it.
process.stdin.once('data', () => {
  process.stdout.write(acquireLock(process.argv[2] ?? '') === undefined ? 'busy\n' : 'held\n')
  setInterval(() => {}, 1_000)
})
process.stdout.write('ready\n')
