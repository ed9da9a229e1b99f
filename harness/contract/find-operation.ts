import type { ApiOperation } from './parse-operations.ts'

/** The operation that a request goes to; of several templates that fit the most specific one wins, segment by segment. */
export function findOperation(
  operations: readonly ApiOperation[],
  method: string,
  path: string,
): ApiOperation | undefined {
  const wanted = method.toUpperCase()
  const fitting = operations.filter((operation) => fits(operation.path, path)).sort(bySpecificity)
  return (
    fitting.find((operation) => operation.method === wanted) ??
    // RFC 9110, 9.3.2: HEAD is GET without the content.
    (wanted === 'HEAD' ? fitting.find((operation) => operation.method === 'GET') : undefined)
  )
}

/** The template of the most specific path that fits, whatever its methods are. */
export function findTemplate(operations: readonly ApiOperation[], path: string): string | undefined {
  return operations.filter((operation) => fits(operation.path, path)).sort(bySpecificity)[0]?.path
}

function fits(template: string, path: string): boolean {
  const wanted = toSegments(template)
  const given = toSegments(path.replace(/[?#].*$/, ''))
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
  const [a, b] = [toSegments(left.path), toSegments(right.path)]
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
