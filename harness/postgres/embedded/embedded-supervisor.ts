import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import path from 'node:path'
import { type Account, asAccount } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import { type ClusterPaths, toServerEnvironment } from './embedded-cluster.ts'

/**
 * Runs the server and reads a pipe that we hold. A line on it means a fast, orderly stop; its end, which comes
 * however we die, means a stop at once. It reports the server's exit code.
 */
const script = `
log=$1 remove=$2 memory=$3
shift 3
trap '' HUP INT PIPE
exec 3<&0
"$@" </dev/null >"$log" 2>&1 3<&- &
server=$!
( if read -r line <&3; then kill -INT "$server"; read -r line <&3; fi
  kill -QUIT "$server" ) </dev/null >/dev/null 2>&1 &
watcher=$!
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
echo "$code" 2>/dev/null
while read -r line <&3; do if [ "$line" = keep ]; then remove= memory=; fi; done
for folder in "$remove" "$memory"; do if [ -n "$folder" ]; then rm -rf "$folder" "$folder.owner"; fi; done
`
// Only when the pipe has ended too does it remove the folder of a throw-away cluster, that of the databases in memory, and their
// owner files. It leads a session of its own, so that Ctrl-C reaches us only.

/** Longest duration of an orderly stop. */
export const stopTimeoutMs = 30_000

/** A server under its supervisor. */
export interface SupervisedServer {
  /** Exit code of the server, or `undefined` while it runs. */
  readonly exitCode: () => number | undefined
  /**
   * Asks for an orderly stop. True when the server ended in order in time. A throw-away folder is gone afterwards.
   */
  stop(timeoutMs: number): Promise<boolean>
  /** Ends the supervisor of a server that never started, and keeps the folder for another try. */
  dismiss(): Promise<void>
}

/** How to start a server. */
interface SupervisedStart {
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly cluster: ClusterPaths
  readonly serverArguments: readonly string[]
  /** True to remove the cluster's folder once the server has ended, however it ended. */
  readonly throwAway: boolean
  /** Folder of short-lived databases, removed once the server has ended; undefined where there is none. */
  readonly memoryFolder: string | undefined
}

/** Starts the server, which is not ready yet. Neither the server nor the pipe keeps this process alive. */
export function startSupervised(start: SupervisedStart): SupervisedServer {
  const { cluster } = start
  const program = path.join(start.binaries.native, 'bin', 'postgres')
  const own = [cluster.log, start.throwAway ? cluster.folder : '', start.memoryFolder ?? '']
  const server = [program, '-D', cluster.data, ...start.serverArguments]
  const child = spawn('/bin/sh', ['-c', script, 'phaseproof-supervisor', ...own, ...server], {
    ...asAccount(start.account),
    cwd: '/',
    detached: true,
    env: toServerEnvironment(),
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let code: number | undefined
  const serverEnded = new Promise<void>((resolve) => {
    const end = (exit: number) => {
      code ??= exit
      resolve()
    }
    child.stdout.once('data', (text: Buffer) => end(Number(text.toString())))
    child.once('exit', () => end(1))
    child.once('error', () => end(1))
  })
  const allEnded = new Promise<void>((resolve) => {
    child.once('exit', resolve)
    child.once('error', resolve)
  })
  // Writing to a supervisor that has just ended is not worth an error: its exit tells all.
  child.stdin.on('error', () => {})
  const held = [child, child.stdin as unknown as Socket, child.stdout as unknown as Socket]
  for (const handle of held) handle.unref()

  const within = (timeoutMs: number, ended: Promise<void>) => {
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs)
    })
    return Promise.race([ended, timeout]).finally(() => clearTimeout(timer))
  }

  return {
    exitCode: () => code,
    async stop(timeoutMs) {
      for (const handle of held) handle.ref()
      if (code === undefined) child.stdin.write('stop\n')
      await within(timeoutMs, serverEnded)
      const orderly = code === 0
      child.stdin.end()
      await within(timeoutMs, allEnded)
      return orderly
    },
    async dismiss() {
      for (const handle of held) handle.ref()
      await serverEnded
      child.stdin.end('keep\n')
      await allEnded
    },
  }
}

/** The last lines of a server's log, for an error message. */
export function readLastLines(log: string, count = 8): string {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').slice(-count).join(' | ')
  } catch {
    return 'it wrote no log'
  }
}
