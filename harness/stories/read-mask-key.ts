import { readFile } from 'node:fs/promises'
import { type MaskKey, SHORTEST_SECRET, toMaskKey } from '../capture/mask/mask-key.ts'
import { HarnessError } from '../model/error.ts'

/** Environment variable that may hold the key. */
export const KEY_VARIABLE = 'PHASEPROOF_MASK_KEY'

/**
 * The key of a file, else of the environment: never of an argument, which others on the machine could read.
 * @throws usage when there is none or it is too short
 */
export async function readMaskKey(
  file: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<MaskKey> {
  const where = file === undefined ? KEY_VARIABLE : file
  const secret = file === undefined ? env[KEY_VARIABLE] : await readKeyFile(file)
  if (secret === undefined) {
    throw usage(`Masking needs a key: neither --key-file nor ${KEY_VARIABLE} is given.`)
  }
  if (secret.length < SHORTEST_SECRET) {
    throw usage(`The key in ${where} has ${secret.length} characters, and ${SHORTEST_SECRET} are the least.`)
  }
  return toMaskKey(secret)
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    throw usage(`The key file ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`)
  }
}

function usage(message: string): HarnessError<'usage'> {
  return new HarnessError(
    'usage',
    message,
    'Make one with `openssl rand -hex 32` and keep it outside of the project.',
    {
      faults: [message],
    },
  )
}
