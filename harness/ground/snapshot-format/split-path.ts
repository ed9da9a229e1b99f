import type { JsonStep } from '../../model/policy.ts'

/** The steps of a JSON path such as `$.days.*[]."odd key".**`, or null for a text that is none. */
export function splitPath(path: string): readonly JsonStep[] | null {
  if (!path.startsWith('$')) return null
  const steps: JsonStep[] = []
  const token = /\.\*\*$|\.\*|\[\]|\.("(?:[^"\\]|\\.)*")|\.([^.[\]"*]+)/gy
  token.lastIndex = 1
  while (token.lastIndex < path.length) {
    const match = token.exec(path)
    if (!match) return null
    if (match[0] === '.**') steps.push({ kind: 'below' })
    else if (match[0] === '.*') steps.push({ kind: 'any-key' })
    else if (match[0] === '[]') steps.push({ kind: 'element' })
    else if (match[1] !== undefined) {
      try {
        steps.push({ kind: 'key', key: JSON.parse(match[1]) as string })
      } catch {
        return null
      }
    } else steps.push({ kind: 'key', key: match[2] as string })
  }
  return steps
}
