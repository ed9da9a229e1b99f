import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { findFreePort } from '../ground/free-port.ts'
import { cleanUpAtEnd } from '../ground/signals.ts'
import { type KeptLog, keepLog } from './server-log.ts'
import { serverUnavailable } from './server-unavailable.ts'

/** A server that is started by a command. */
interface CommandServer {
  /** Program and arguments; run without a shell, with DATABASE_URL and PORT in its environment. */
  readonly command: readonly string[]
  /** Absolute path. */
  readonly folder: string
  /** Path that answers 200 once the server can be used. */
  readonly healthPath: string
  readonly startTimeoutMs: number
}

/** A server of ours that runs. */
interface RunningServer {
  readonly url: string
  /** Ends it with its children; harmless when called again. */
  stop(): Promise<void>
}

/** Longest wait for a server to end by itself before it is killed. */
const endTimeoutMs = 3_000
const running = new Set<ChildProcess>()

/**
 * Ends the servers' process groups with this process. Each server leads a group of its own and would stay otherwise.
 */
let isWatched = false
function watchEnd(): void {
  if (isWatched) return
  isWatched = true
  cleanUpAtEnd(killAll)
}

function killAll(): void {
  for (const child of running) signalGroup(child, 'SIGKILL')
}

/**
 * Starts a server by a command, on a free port of the loopback address, and waits until its health path answers 200.
 * @throws server-unavailable with its last log lines when it does not start, dies, or hangs
 */
export async function startCommand(spec: CommandServer, databaseUrl: string): Promise<RunningServer> {
  const port = await findFreePort()
  const [program = '', ...args] = spec.command
  const child = spawn(program, args, {
    cwd: spec.folder,
    // A group of its own, so that its children can be ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port) },
  })
  const log = keepLog([child.stdout, child.stderr])
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`it did not start: ${error.message}`))
    child.once('exit', (code, signal) =>
      resolve(`it ended with ${code === null ? signal : `exit code ${code}`}`),
    )
  })
  running.add(child)
  watchEnd()
  const stop = () => stopChild(child, gone)
  try {
    const url = `http://127.0.0.1:${port}`
    const died = gone.then((reason): never => fail(spec, reason, log))
    // Only what happens while it starts is reported here; later the requests tell.
    died.catch(() => {})
    await Promise.race([waitForHealth(`${url}${spec.healthPath}`, spec, log), died])
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function waitForHealth(url: string, spec: CommandServer, log: KeptLog): Promise<void> {
  const deadlineMs = performance.now() + spec.startTimeoutMs
  let last = 'no answer'
  while (performance.now() < deadlineMs) {
    try {
      const { status } = await fetch(url, { signal: AbortSignal.timeout(1_000) })
      if (status === 200) return
      last = `status ${status}`
    } catch (error) {
      last = (error as Error).name === 'TimeoutError' ? 'no answer within a second' : 'no connection'
    }
    await sleep(50)
  }
  fail(spec, `${spec.healthPath} did not answer 200 within ${spec.startTimeoutMs} ms; at last: ${last}`, log)
}

function fail({ command }: CommandServer, reason: string, log: KeptLog): never {
  throw serverUnavailable(command.join(' '), reason, log.lines())
}

/** Asks the whole group to end, then kills it. */
async function stopChild(child: ChildProcess, gone: Promise<string>): Promise<void> {
  if (!running.has(child)) return
  signalGroup(child, 'SIGTERM')
  await Promise.race([gone, sleep(endTimeoutMs, undefined, { ref: false })])
  // Its children may outlive the leader of the group.
  signalGroup(child, 'SIGKILL')
  await Promise.race([gone, sleep(endTimeoutMs, undefined, { ref: false })])
  running.delete(child)
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}
