import { randomBytes } from 'node:crypto'
import bcrypt from 'bcryptjs'

/** Cost of new hashes: PASSWORD_HASH_COST, default 10. Tests lower it, because their hashes protect nothing. */
const cost = Number(process.env.PASSWORD_HASH_COST ?? 10)
const bcryptHash = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/
let decoy: Promise<string> | undefined

/**
 * Tells whether the password belongs to the hash. Text that is no bcrypt hash, such as `!`, belongs to no password.
 * Without a hash the answer is no.
 */
export async function isPasswordOf(password: string, stored: string | undefined): Promise<boolean> {
  // Without a hash it takes as long as with one, so that the time of an answer does not tell which e-mails exist.
  decoy ??= bcrypt.hash('nobody has this password', cost)
  const hash = stored !== undefined && bcryptHash.test(stored) ? stored : null
  const matches = await bcrypt.compare(password, hash ?? (await decoy))
  return matches && hash !== null
}

/** The hash to store for a new password. Takes as long as a check. */
export function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(password, cost)
}

/** A random password to be changed at the first login. It meets the rules for passwords. */
export function makeTemporaryPassword(): string {
  // The suffix makes sure of an upper-case letter, a lower-case letter and a digit.
  return `${randomBytes(9).toString('base64url')}-Tc1`
}
