interface Place {
  rows: number
  readonly file: string
  readonly firstLine: number
  lastLine: number
}

/** Counts rows by what was found in them, and where the first one is. Holds no values. */
export class Tally {
  private readonly places = new Map<string, Place>()

  /** Counts a line once for the same text; lines of a file must come in order. */
  add(text: string, file: string, line: number): void {
    const place = this.places.get(text)
    if (!place) this.places.set(text, { rows: 1, file, firstLine: line, lastLine: line })
    else if (place.lastLine !== line) {
      place.rows += 1
      place.lastLine = line
    }
  }

  rowsOf(text: string): number {
    return this.places.get(text)?.rows ?? 0
  }

  forget(text: string): void {
    this.places.delete(text)
  }

  /** One sentence for each text, sorted. */
  render(): readonly string[] {
    return [...this.places]
      .map(([text, { rows, file, firstLine }]) => {
        const where =
          rows === 1 ? `line ${firstLine} of ${file}` : `${rows} rows of ${file}, first in line ${firstLine}`
        return `${text}: ${where}`
      })
      .sort()
  }
}
