/** An object of JSON, its values not looked at yet. */
export type Fields = Readonly<Record<string, unknown>>

export const SHA256 = /^[0-9a-f]{64}$/

/** Reads values out of parsed JSON and gathers everything that is wrong with them. */
export class ManifestFields {
  readonly faults: string[] = []

  list(value: unknown, at: string): readonly unknown[] {
    if (Array.isArray(value)) return value
    this.fault(at, 'should be a list', value)
    return []
  }

  flag(value: unknown, at: string): boolean {
    if (typeof value !== 'boolean') this.fault(at, 'should be true or false', value)
    return value === true
  }

  fields(value: unknown, at: string, keys: readonly string[]): Fields {
    if (!isFields(value)) {
      this.fault(at, 'should be an object', value)
      return {}
    }
    for (const key of Object.keys(value)) {
      if (!keys.includes(key)) this.faults.push(`${at}: unknown key "${key}"`)
    }
    return value
  }

  text(value: unknown, at: string, shape: RegExp = /./, what = 'a text'): string {
    if (typeof value === 'string' && shape.test(value)) return value
    this.fault(at, `should be ${what}`, value)
    return ''
  }

  count(value: unknown, at: string): number {
    if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number
    this.fault(at, 'should be a whole number, 0 or more', value)
    return 0
  }

  fault(at: string, expected: string, found: unknown): void {
    const shown = found === undefined ? 'missing' : JSON.stringify(found).slice(0, 80)
    this.faults.push(`${at}: ${expected}, is ${shown}`)
  }
}

/** Is it an object that is neither null nor a list? */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
