import { readFile } from 'node:fs/promises'
import { HarnessError } from '../model/error.ts'
import { type MaskKey, SHORTEST_SECRET, toMaskKey } from '../snapshot/mask/mask-key.ts'

/** Environment variable that holds the key; an argument would be seen by other users of the machine. */
export const KEY_VARIABLE = 'PHASEPROOF_MASK_KEY'

/**
 * The key that replacements are derived with, from a file when one is named, else from the environment. White space around it
 * does not count.
 * @throws usage when there is none or it is too short; the message never holds it
 */
export async function readMaskKey(file: string | undefined, env = process.env): Promise<MaskKey> {
  const secret = (file === undefined ? env[KEY_VARIABLE] : await readSecret(file))?.trim()
  const from = file ?? KEY_VARIABLE
  if (!secret) throw refuse(`There is no key to mask with: ${from} is not set or empty.`)
  try {
    return toMaskKey(secret)
  } catch {
    throw refuse(`The key in ${from} has fewer than ${SHORTEST_SECRET} characters.`)
  }
}

async function readSecret(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refuse(`Reading the key from ${file}: ${error.code ?? 'it failed'}.`)
  })
}

function refuse(message: string): HarnessError<'usage'> {
  const remedy =
    'Make one with `openssl rand -base64 32`, keep it as secret as the production data, and use the same for every capture ' +
    `whose values should stay the same: ${KEY_VARIABLE} or --key-file.`
  return new HarnessError('usage', message, remedy, { faults: [message] })
}
