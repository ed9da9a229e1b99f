interface Position {
  rows: number
  readonly file: string
  readonly firstLine: number
  lastLine: number
}

/** Counts rows by what was found in them and remembers the first position of each. It holds no values. */
export class Tally {
  private readonly positions = new Map<string, Position>()

  /** Counts a line once for the same text. Lines of a file must come in order. */
  add(text: string, file: string, line: number): void {
    const position = this.positions.get(text)
    if (!position) this.positions.set(text, { rows: 1, file, firstLine: line, lastLine: line })
    else if (position.lastLine !== line) {
      position.rows += 1
      position.lastLine = line
    }
  }

  rowsOf(text: string): number {
    return this.positions.get(text)?.rows ?? 0
  }

  forget(text: string): void {
    this.positions.delete(text)
  }

  /** One sentence for each text, sorted. */
  render(): readonly string[] {
    return [...this.positions]
      .map(([text, { rows, file, firstLine }]) => {
        const where =
          rows === 1 ? `line ${firstLine} of ${file}` : `${rows} rows of ${file}, first in line ${firstLine}`
        return `${text}: ${where}`
      })
      .sort()
  }
}
