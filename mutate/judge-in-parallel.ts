import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { JudgedMutant, Mutant } from './mutant.ts'
import type { Answer } from './worker.ts'

/** Where and how mutants are judged. */
interface Lanes {
  readonly root: string
  /** Folder of the scenario below `scenarios/`. */
  readonly name: string
  /** How many processes judge at once. */
  readonly lanes: number
  readonly signal: AbortSignal
}

/** What came of the mutants that were judged, and of those that could not be. */
export interface Judged {
  readonly fates: readonly JudgedMutant[]
  readonly failures: readonly { readonly id: string; readonly error: string }[]
}

/** Judges mutants in several processes, each of which takes the phases in order, so that it starts from checkpoints. */
export async function judgeInParallel(
  { root, name, lanes, signal }: Lanes,
  mutants: readonly Mutant[],
  onJudged: (done: number) => void,
): Promise<Judged> {
  const waiting = [...mutants]
  const fates: JudgedMutant[] = []
  const failures: { id: string; error: string }[] = []
  const runLane = async () => {
    while (waiting.length > 0 && !signal.aborted) {
      await withWorker(root, name, signal, async (ask) => {
        for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
          const { sql: _sql, ...about } = mutant
          // A process that a mutant ended is a fault of the harness: it is told, and the next one has a new process.
          const answer = await ask(mutant).catch((error: Error) => ({
            id: about.id,
            error: error.message,
            isOver: true,
          }))
          if ('fate' in answer)
            fates.push({ mutant: about, fate: answer.fate, durationMs: answer.durationMs })
          else failures.push({ id: about.id, error: answer.error })
          onJudged(fates.length + failures.length)
          if ('isOver' in answer) return
        }
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, mutants.length) }, runLane))
  return { fates, failures }
}

async function withWorker(
  root: string,
  name: string,
  signal: AbortSignal,
  use: (ask: (mutant: Mutant) => Promise<Answer>) => Promise<void>,
): Promise<void> {
  const file = join(import.meta.dirname, 'worker.ts')
  // Its own group would outlive us; in ours it hears the same signals, and hanging up ends it otherwise.
  const child = fork(file, [root, name], { execArgv: ['--import', import.meta.resolve('tsx')] })
  const hangUp = () => child.connected && child.disconnect()
  signal.addEventListener('abort', hangUp)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    await nextMessage(child)
    await use(async (mutant) => {
      child.send(mutant)
      return (await nextMessage(child)) as Answer
    })
  } finally {
    signal.removeEventListener('abort', hangUp)
    hangUp()
    await ended
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) =>
      reject(new Error(`a process that judges mutants ended with ${code ?? 'a signal'}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}
