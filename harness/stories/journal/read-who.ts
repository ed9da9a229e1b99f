import { userInfo } from 'node:os'
import { buffer } from 'node:stream/consumers'
import { redact } from '../../ground/redact.ts'
import { runProgram } from '../../ground/run-program.ts'

/** Reads who runs a command: the user that git names in a folder, else the user of the machine. */
export async function readWho(
  cwd: string,
  { PATH = '', HOME = '', USER }: NodeJS.ProcessEnv,
): Promise<string> {
  try {
    const env = { PATH, HOME, LC_ALL: 'C' }
    const said = runProgram(['git', 'config', 'user.name'], { env, cwd, toError: (text) => new Error(text) })
    const name = (await buffer(said)).toString('utf8').trim()
    if (name !== '') return redact(name)
  } catch {
    // No git, or nobody is named there.
  }
  return USER || readUserName()
}

function readUserName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}
