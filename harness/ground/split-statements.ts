const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_$]*/uy

// Postgres' own parser cannot take a dump: it wants the whole text, without rows and psql commands, in one version's grammar.
/**
 * Cuts the SQL of a dump into statements, line by line. It knows quotes, dollar quotes, comments and bodies of `BEGIN ATOMIC`, which
 * is all that a dump holds.
 */
export class StatementSplitter {
  private text = ''
  private quote: string | null = null
  private backslashes = false
  private depth = 0

  /** True when the next line begins a statement. */
  get isBetween(): boolean {
    return this.quote === null && this.depth === 0 && this.text.trim() === ''
  }

  /** Adds a line and returns the statements that end in it, without their semicolons. */
  add(line: string): readonly string[] {
    const statements: string[] = []
    let from = 0
    for (let at = 0; at < line.length; ) {
      const step = this.step(line, at)
      if (step === 'end') {
        statements.push(this.text + line.slice(from, at))
        this.text = ''
        at += 1
        from = at
      } else at += step
    }
    // What a comment leaves of a line between statements is not worth keeping.
    const rest = line.slice(from)
    if (this.quote !== null || this.depth > 0 || !/^\s*(--.*)?$/.test(rest)) this.text += `${rest}\n`
    return statements.filter((statement) => statement.trim() !== '')
  }

  /** Returns what follows the last semicolon. */
  end(): string {
    return this.text.trim()
  }

  /** The number of characters that belong together from here on, or `end` where a statement ends. */
  private step(line: string, at: number): number | 'end' {
    const char = line[at] as string
    if (this.quote === '/*') return this.leave(line, at, '*/')
    if (this.quote === '"' || this.quote === "'") {
      if (!this.backslashes) return this.leave(line, at, this.quote)
      return char === '\\' ? 2 : char === this.quote ? this.leave(line, at, this.quote) : 1
    }
    if (this.quote !== null) return this.leave(line, at, this.quote)
    if (char === '-' && line.startsWith('--', at)) return line.length - at
    if (char === '/' && line.startsWith('/*', at)) return this.enter('/*')
    if (char === '"') return this.enter(char)
    if (char === "'") {
      this.backslashes = /(^|[^\w"])E$/i.test(line.slice(Math.max(0, at - 2), at))
      return this.enter(char)
    }
    if (char === '$')
      return this.enter(line.slice(at).match(/^\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/u)?.[0] ?? null)
    if (char === ';' && this.depth === 0) return 'end'
    return this.word(line, at)
  }

  private word(line: string, at: number): number {
    WORD.lastIndex = at
    const word = WORD.exec(line)?.[0]
    if (word === undefined) return 1
    // The longest that matters is ATOMIC.
    if (word.length > 6) return word.length
    const upper = word.toUpperCase()
    if (this.depth === 0) {
      if (upper === 'ATOMIC' && /\bBEGIN\s+$/i.test(this.text + line.slice(0, at))) this.depth = 1
    } else if (upper === 'CASE') this.depth += 1
    else if (upper === 'END') this.depth -= 1
    return word.length
  }

  private enter(quote: string | null): number {
    this.quote = quote
    return quote?.length ?? 1
  }

  private leave(line: string, at: number, end: string): number {
    const found = line.indexOf(end, at)
    if (found === -1) return line.length - at
    this.quote = null
    return found - at + end.length
  }
}
