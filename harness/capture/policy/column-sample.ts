import type { ColumnClass } from './column-class.ts'

/** Some values of a column and what they look like. The values never leave the process. */
export interface ColumnSample {
  /** Texts of values that are not NULL. */
  readonly values: readonly string[]
  /**
   * Paths of documents with the sorts of values at their ends. The set is empty where only nulls and empty containers
   * occurred.
   */
  readonly paths: ReadonlyMap<string, ReadonlySet<'text' | 'number' | 'boolean'>>
}

const SHAPES: readonly (readonly [ColumnClass, RegExp])[] = [
  ['email', /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i],
  ['url', /^https?:\/\//i],
  ['ip', /^\d{1,3}(\.\d{1,3}){3}$/],
  ['identifier', /^\d{3}-\d{2}-\d{4}$/],
  ['phone', /^\+?[\d().\s-]{10,17}$/],
  ['zip', /^\d{5}(-\d{4})?$/],
  ['password', /^\$(2[aby]|argon2\w*|scrypt)\$/],
]

/** The class that most of the values look like, or else the one given. */
export function guessClass({ values }: ColumnSample, otherwise: ColumnClass): ColumnClass {
  if (values.length === 0) return otherwise
  const fits = (shape: RegExp) => values.filter((value) => shape.test(value)).length > values.length / 2
  return SHAPES.find(([, shape]) => fits(shape))?.[0] ?? otherwise
}

/** The values of a column that holds few codes in capitals; null for any other column. */
export function toCodes({ values }: ColumnSample): readonly string[] | null {
  const distinct = [...new Set(values)].sort()
  const isCodes =
    values.length >= 20 &&
    distinct.length <= 20 &&
    distinct.every((value) => /^[A-Z][A-Z0-9_]{0,40}$/.test(value))
  return isCodes ? distinct : null
}

/** The paths of some documents. */
export function toPaths(documents: readonly string[]): ColumnSample['paths'] {
  const paths = new Map<string, Set<'text' | 'number' | 'boolean'>>()
  for (const text of documents) walk(JSON.parse(text) as unknown, '$', paths)
  const all = [...paths].sort(([a], [b]) => (a < b ? -1 : 1))
  const isInner = (path: string) =>
    all.some(([other]) => other.startsWith(`${path}.`) || other.startsWith(`${path}[`))
  return new Map(all.filter(([path, types]) => types.size > 0 || !isInner(path)))
}

function walk(value: unknown, path: string, paths: Map<string, Set<'text' | 'number' | 'boolean'>>): void {
  const isEmpty = value === null || (typeof value === 'object' && Object.keys(value).length === 0)
  if (isEmpty) {
    if (!paths.has(path)) paths.set(path, new Set())
    return
  }
  if (Array.isArray(value)) for (const one of value) walk(one, `${path}[]`, paths)
  else if (typeof value === 'object') {
    for (const [key, one] of Object.entries(value)) {
      walk(one, /^[^.[\]"*]+$/.test(key) ? `${path}.${key}` : `${path}.${JSON.stringify(key)}`, paths)
    }
  } else {
    const type = typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean'
    paths.set(path, (paths.get(path) ?? new Set()).add(type))
  }
}
