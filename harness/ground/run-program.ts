import { type ChildProcess, spawn } from 'node:child_process'
import { cleanUpAtEnd } from './signals.ts'

/** How a program is run. */
interface RunOptions {
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>
  /** Absolute path of the folder it runs in; ours when left out. */
  readonly cwd?: string
  /** What its error is called; gets the beginning of what it wrote to its standard error. */
  readonly toError: (said: string) => Error
}

/** Most characters of its standard error that are kept. */
const SAID_LIMIT = 4096
const running = new Set<ChildProcess>()
let isWatched = false

/**
 * Runs a program without a shell and yields what it writes, no faster than that is read. Its process group ends with it, and with us.
 * @throws what `toError` makes where it does not start or ends with another code than 0
 */
export async function* runProgram(
  [program = '', ...args]: readonly string[],
  { env, cwd, toError }: RunOptions,
): AsyncGenerator<Buffer> {
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  })
  watchEnd(child)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < SAID_LIMIT) said += chunk.toString('utf8')
  })
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) =>
      resolve(code === 0 ? null : said.trim() || `it ended with ${code ?? signal}`),
    )
  })
  try {
    yield* child.stdout as AsyncIterable<Buffer>
    const failure = await ended
    if (failure !== null) throw toError(failure)
  } finally {
    endGroup(child)
    running.delete(child)
  }
}

function watchEnd(child: ChildProcess): void {
  running.add(child)
  if (isWatched) return
  isWatched = true
  cleanUpAtEnd(() => running.forEach(endGroup))
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody of the group is left.
  }
}
