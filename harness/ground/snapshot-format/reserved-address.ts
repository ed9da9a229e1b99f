/** May an address stay because nobody can have it? */
export function isReservedAddress(address: string): boolean {
  return /^[^@\s\\]+@([^@\s\\]+\.)?(invalid|test|example)$/i.test(address)
}
