/** A database of ours for one experiment. */
interface Clone {
  readonly url: string
  /** As the role by which the server connects. */
  readonly appUrl: string
  drop(): Promise<void>
}

/** Clones that are made before they are needed, so that taking one costs no wait. */
export interface ClonePool {
  /** Announces the templates that will be needed next, in this order. */
  plan(templates: readonly string[]): void
  /** Takes a clone of the template, a ready one if the plan announced it. The caller returns it with `giveBack`. */
  take(template: string): Promise<Clone>
  /** Drops a used clone, without making the caller wait. */
  giveBack(clone: Clone): void
  /**
   * Drops the remaining clones.
   * @throws the first failure to drop one
   */
  close(): Promise<void>
}

/**
 * Opens a pool that keeps up to `ahead` clones ready.
 * @param create makes one clone of a template
 */
export function openClonePool(create: (template: string) => Promise<Clone>, ahead: number): ClonePool {
  const planned: string[] = []
  const ready: { readonly template: string; readonly clone: Promise<Clone> }[] = []
  const dropping: Promise<void>[] = []
  let isClosed = false

  const dropLater = (clone: Promise<Clone>) => {
    const dropped = clone.then((made) => made.drop())
    // Reported by `close`; until then a rejection must not count as unhandled.
    dropped.catch(() => {})
    dropping.push(dropped)
  }

  const refill = () => {
    while (!isClosed && ready.length < ahead) {
      const template = planned.shift()
      if (template === undefined) return
      const clone = create(template)
      clone.catch(() => {})
      ready.push({ template, clone })
    }
  }

  const withdraw = (template: string): Promise<Clone> => {
    const index = ready.findIndex((entry) => entry.template === template)
    const [found] = index < 0 ? [] : ready.splice(index, 1)
    if (found) return found.clone
    const foreseen = planned.indexOf(template)
    if (foreseen >= 0) planned.splice(foreseen, 1)
    // Tests that were foreseen and filtered out would otherwise hold their places for good.
    const [stale] = ready.length >= ahead ? ready.splice(0, 1) : []
    if (stale) dropLater(stale.clone)
    return create(template)
  }

  return {
    plan(templates) {
      planned.push(...templates)
      refill()
    },
    async take(template) {
      try {
        return await withdraw(template)
      } finally {
        refill()
      }
    },
    giveBack: (clone) => dropLater(Promise.resolve(clone)),
    async close() {
      isClosed = true
      for (const { clone } of ready.splice(0)) dropLater(clone)
      const [failed] = (await Promise.allSettled(dropping)).filter((result) => result.status === 'rejected')
      if (failed) throw failed.reason
    },
  }
}
