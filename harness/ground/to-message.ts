/** Gives what was thrown in words: the message of an error, its name where that is empty, or the thing itself as text. */
export function toMessage(error: unknown): string {
  return error instanceof Error ? error.message || String(error) : String(error)
}
