/** Tells whether an address may stay because nobody can own it. */
export function isReservedAddress(address: string): boolean {
  return /^[^@\s\\]+@([^@\s\\]+\.)?(invalid|test|example)$/i.test(address)
}
