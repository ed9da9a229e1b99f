/**
 * Works through the items in order, at most `limit` at once. After a failure it starts no further item, and rejects
 * with that failure once the running ones have ended, so nothing outlives the call.
 */
export async function atOnce<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values()
  let failure: { readonly error: unknown } | undefined
  const worker = async () => {
    for (const item of waiting) {
      if (failure) return
      try {
        await work(item)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  if (failure) throw failure.error
}
