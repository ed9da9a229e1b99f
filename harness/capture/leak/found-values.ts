import { CANARY_ORIGIN } from './canaries.ts'
import type { FoundInOutput } from './search-output.ts'
import { FLAG, type SensitiveColumn } from './source-values.ts'
import { Tally } from './tally.ts'

/** Share of a column's points in time that may equal somebody else's by chance. */
const MET_MOMENTS = 1 / 500

interface Chance {
  readonly origin: number
  readonly rows: number
  readonly isMoment: boolean
}

/** Judges what was found in the output: a leak, or a replacement that looks like a value by chance. */
export class FoundValues {
  private readonly columns: readonly SensitiveColumn[]
  private readonly leaks = new Tally()
  private readonly planted = new Tally()
  /** Values found among replacements, of a sort of which one can appear there by chance. */
  private readonly perhaps = new Tally()
  private readonly chances = new Map<string, Chance>()

  constructor(columns: readonly SensitiveColumn[]) {
    this.columns = columns
  }

  readonly add: FoundInOutput = (place, file, line, origin, flags) => {
    const column = place?.table.columns[place.column]
    if (origin === CANARY_ORIGIN) {
      this.planted.add(`a canary stands in ${column?.label ?? 'the schema'}`, file, line)
      return
    }
    const what = flags & FLAG.part ? 'a word of a value' : 'a value'
    const text = `${what} of ${this.columns[origin - 1]?.label} stands in ${column?.label ?? 'the schema'}`
    // Names of tables and columns, and of migrations, are words like others.
    if (!column?.policy && flags & (FLAG.part | FLAG.word | FLAG.replacement)) return
    if (column?.isListed) return
    // One in forty begins with eight digits.
    if (flags & FLAG.dense && column?.policy?.type === 'uuid') return
    if (column?.isGenerated && flags & FLAG.replacement) return
    const isTime = /^(timestamp|time|date|ts)/.test(column?.policy?.type ?? '')
    const isMoment = isTime && (flags & FLAG.moment) !== 0
    // 14:29:35.038 reads like a number of nine digits, and a column of times holds none.
    if (isTime && !isMoment && flags & FLAG.dense) return
    if ((column?.isGenerated && flags & FLAG.dense) || isMoment) {
      this.perhaps.add(text, file, line)
      this.chances.set(text, { origin, rows: place?.table.table.rows ?? 0, isMoment })
      return
    }
    this.leaks.add(text, file, line)
  }

  canaries(): readonly string[] {
    return this.planted.render()
  }

  render(): readonly string[] {
    for (const [text, { origin, rows, isMoment }] of this.chances) {
      const density = this.columns[origin - 1]?.density() ?? 0
      // Work begins at certain hours and imports end at one moment: points in time are not spread evenly.
      const expected = rows * (isMoment ? Math.max(density, MET_MOMENTS) : density)
      // Five deviations above what chance gives; where chance gives none, one is too many.
      const most = expected < 0.01 ? 0 : Math.ceil(expected + 5 * Math.sqrt(expected) + 1)
      if (this.perhaps.rowsOf(text) <= most) this.perhaps.forget(text)
    }
    return [...this.leaks.render(), ...this.perhaps.render()].sort()
  }
}
