/**
 * A sum over the values of a column that does not depend on their order. Equal sums show that two columns hold the
 * same values.
 */
export class ValueSum {
  private first = 0
  private second = 0
  private values = 0
  private known: string | null = null
  private differ = false

  add(value: string): void {
    let [a, b] = [0x811c9dc5, 0x9747b28c]
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at)
      a = Math.imul(a ^ code, 0x01000193)
      b = Math.imul(b ^ code, 0x85ebca6b)
      b ^= b >>> 15
    }
    this.first = (this.first + a) >>> 0
    this.second = (this.second + Math.imul(b ^ a, 0xc2b2ae35)) >>> 0
    this.values += 1
    if (this.differ) return
    // A copy: what is cut out of a chunk keeps the whole chunk in memory.
    if (this.known === null) this.known = Buffer.from(value, 'utf8').toString('utf8')
    else this.differ = this.known !== value
  }

  /**
   * Tells whether both hold the same values equally often. Columns that are empty or hold only empty texts are never
   * the same, as no rule changes them.
   */
  isSameAs(other: ValueSum): boolean {
    const says = this.values > 0 && (this.differ || (this.known?.length ?? 0) > 0)
    return says && this.first === other.first && this.second === other.second && this.values === other.values
  }
}
