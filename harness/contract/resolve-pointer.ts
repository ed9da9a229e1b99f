/** A node of a document and where it lies: a JSON pointer, after following `$ref`. */
interface Located {
  readonly pointer: string
  readonly node: unknown
}

/** What lies at a JSON pointer; undefined when nothing does. */
export function lookUp(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (node, part) => (Array.isArray(node) ? node[Number(part)] : toRecord(node)[part]),
      document,
    )
}

/** A step further down, as a JSON pointer. */
export function join(pointer: string, ...parts: readonly (string | number)[]): string {
  return [pointer, ...parts.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')
}

// Libraries replace a reference by its target, which loses the place by which Ajv finds the compiled schema, and fetch from the network.
/** The node itself, or the target of its `$ref` into the same document; undefined for a reference that leads nowhere. */
export function follow(document: unknown, at: Located, depth = 0): Located | undefined {
  const reference = toRecord(at.node).$ref
  if (typeof reference !== 'string') return at
  if (!reference.startsWith('#/') || depth > 20) return undefined
  const node = lookUp(document, reference.slice(1))
  return node === undefined ? undefined : follow(document, { pointer: reference.slice(1), node }, depth + 1)
}

/** The value if it is an object, else an empty one. */
export function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
