/** One mapping of a YAML document, read strictly. Faults say where and what, and never quote a value. */
export class PolicyFields {
  private readonly fields: Readonly<Record<string, unknown>>
  private readonly at: string
  private readonly faults: string[]

  constructor(value: unknown, at: string, faults: string[]) {
    this.at = at
    this.faults = faults
    this.fields = isMapping(value) ? value : {}
    if (!isMapping(value)) this.fault('', 'should be a mapping')
  }

  fault(key: string, problem: string): void {
    this.faults.push(`${this.place(key)}: ${problem}`)
  }

  /** Faults every other key. */
  only(...known: readonly string[]): void {
    for (const key of Object.keys(this.fields)) {
      if (!known.includes(key)) this.fault('', `has the unknown key "${key}"; known are ${known.join(', ')}`)
    }
  }

  keys(): readonly string[] {
    return Object.keys(this.fields)
  }

  has(key: string): boolean {
    return Object.hasOwn(this.fields, key) && this.fields[key] !== undefined
  }

  value(key: string): unknown {
    return Object.hasOwn(this.fields, key) ? this.fields[key] : undefined
  }

  below(key: string): PolicyFields {
    return new PolicyFields(this.value(key), this.place(key), this.faults)
  }

  /** Each entry of this mapping, as a mapping. */
  map<T>(toValue: (fields: PolicyFields) => T): Readonly<Record<string, T>> {
    return Object.fromEntries(Object.keys(this.fields).map((key) => [key, toValue(this.below(key))]))
  }

  /** A list of mappings; absent means empty. */
  list(key: string): readonly PolicyFields[] {
    const value = this.value(key)
    if (value === undefined) return []
    if (Array.isArray(value)) {
      return value.map((one, index) => new PolicyFields(one, `${this.place(key)}[${index}]`, this.faults))
    }
    this.fault(key, 'should be a list')
    return []
  }

  text(key: string, shape: RegExp = /./s): string {
    const value = this.value(key)
    if (typeof value === 'string' && shape.test(value)) return value
    const wanted = shape.source === '.' ? 'a text' : `a text that fits ${shape.source}`
    this.fault(key, this.has(key) ? `should be ${wanted}` : `is missing, and should be ${wanted}`)
    return ''
  }

  optionalText(key: string, shape?: RegExp): string | undefined {
    return this.has(key) ? this.text(key, shape) : undefined
  }

  texts(key: string): readonly string[] {
    const value = this.value(key)
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
    this.fault(key, 'should be a list of texts')
    return []
  }

  /** A text, number or boolean, as text. */
  scalar(key: string): string {
    const value = this.value(key)
    if (['string', 'number', 'boolean'].includes(typeof value)) return String(value)
    this.fault(key, 'should be a text, a number or a boolean')
    return ''
  }

  optionalBoolean(key: string): boolean {
    const value = this.value(key) ?? false
    if (typeof value === 'boolean') return value
    this.fault(key, 'should be true or false')
    return false
  }

  count(key: string, least: number): number {
    const value = this.value(key)
    if (Number.isSafeInteger(value) && (value as number) >= least) return value as number
    this.fault(key, `should be a whole number, ${least} or more`)
    return least
  }

  oneOf<const T extends string>(key: string, allowed: readonly T[]): T
  oneOf<const T extends string>(key: string, allowed: readonly T[], otherwise: null): T | null
  oneOf<const T extends string>(
    key: string,
    allowed: readonly T[],
    otherwise: T | null = allowed[0] as T,
  ): T | null {
    // The rule that is called null is a null in YAML.
    const value = this.has(key) && this.value(key) === null ? 'null' : this.value(key)
    if (allowed.includes(value as T)) return value as T
    this.fault(key, `should be one of ${allowed.join(', ')}`)
    return otherwise
  }

  private place(key: string): string {
    if (key === '') return this.at
    return this.at === 'the policy' ? key : `${this.at}.${key}`
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
