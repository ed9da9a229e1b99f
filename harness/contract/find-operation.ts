import type { ApiOperation } from './parse-operations.ts'

/**
 * The operation that a request goes to; of several templates that fit the most specific one wins, segment by segment. Routers such as
 * `path-to-regexp` take the first that fits, and have no template like `{id}.json`.
 */
export function findOperation(
  operations: readonly ApiOperation[],
  method: string,
  path: string,
): ApiOperation | undefined {
  const wanted = method.toUpperCase()
  const given = toGiven(path)
  const fitting = operations.filter((operation) => fits(operation.path, given)).sort(bySpecificity)
  return (
    fitting.find((operation) => operation.method === wanted) ??
    // RFC 9110, 9.3.2: HEAD is GET without the content.
    (wanted === 'HEAD' ? fitting.find((operation) => operation.method === 'GET') : undefined)
  )
}

/** The template of the most specific path that fits, whatever its methods are. */
export function findTemplate(operations: readonly ApiOperation[], path: string): string | undefined {
  const given = toGiven(path)
  return operations.filter((operation) => fits(operation.path, given)).sort(bySpecificity)[0]?.path
}

function toGiven(path: string): string[] {
  return toSegments(path.replace(/[?#].*$/, ''))
}

function fits(template: string, given: readonly string[]): boolean {
  const wanted = toTemplateSegments(template)
  return (
    wanted.length === given.length && wanted.every((segment, index) => fitsSegment(segment, given[index]))
  )
}

function fitsSegment(template: string, given: string | undefined): boolean {
  if (given === undefined) return false
  if (!template.includes('{')) return template === given
  const pattern = template.replaceAll(/\{[^}]*\}|[^{]+/g, (part) =>
    part.startsWith('{') ? '.+' : part.replaceAll(/[$()*+.?[\\\]^|]/g, '\\$&'),
  )
  return new RegExp(`^${pattern}$`).test(given)
}

function bySpecificity(left: ApiOperation, right: ApiOperation): number {
  const [a, b] = [toTemplateSegments(left.path), toTemplateSegments(right.path)]
  for (const [index, segment] of a.entries()) {
    const difference = Number(segment.includes('{')) - Number(b[index]?.includes('{') ?? false)
    if (difference !== 0) return difference
  }
  return 0
}

/** A slash at the end makes no other path, as most routers have it. */
function toSegments(path: string): string[] {
  return path.replace(/\/$/, '').split('/')
}

const templates = new Map<string, readonly string[]>()

/** A document's templates are few, and held against every answer. */
function toTemplateSegments(template: string): readonly string[] {
  const known = templates.get(template) ?? toSegments(template)
  templates.set(template, known)
  return known
}
