import { hash } from 'node:crypto'

/** How often each combination of some columns occurs, without keeping the values. */
export class GroupCounts {
  private readonly counts = new Map<string, number>()
  private readonly most: number
  private tooMany = false

  /**
   * Takes the table's rows and the least size `k` of a group. More groups than `rows / k` cannot all be large enough,
   * so counting stops there.
   */
  constructor(rows: number, k: number) {
    this.most = Math.floor(rows / k)
  }

  add(values: readonly string[]): void {
    if (this.tooMany) return
    // A tab cannot occur inside of a column in COPY's text format.
    const text = values.join('\t')
    const key = hash('sha256', text, 'base64').slice(0, 24)
    const count = this.counts.get(key)
    if (count === undefined && this.counts.size >= this.most) {
      this.tooMany = true
      this.counts.clear()
    } else this.counts.set(key, (count ?? 0) + 1)
  }

  /**
   * Counts the groups of fewer than `k` rows. Null means that there are too many groups for all to be large enough.
   */
  smallerThan(k: number): { readonly groups: number; readonly small: number; readonly rows: number } | null {
    if (this.tooMany) return null
    const small = [...this.counts.values()].filter((count) => count < k)
    return {
      groups: this.counts.size,
      small: small.length,
      rows: small.reduce((sum, count) => sum + count, 0),
    }
  }
}
