import type { JsonPath } from '../../model/policy.ts'
import type { Mask } from './mask.ts'

/** What is done with the value at one place of a document. */
export interface JsonLeaf {
  readonly kind: JsonPath['rule']['kind']
  readonly text: Mask
  readonly number: Mask
  /** JSON that replaces whatever is there, objects and arrays included. */
  readonly whole?: string
}

/** The paths of a policy as a tree. A missing child is a path that nobody listed. */
export interface JsonNode {
  leaf?: JsonLeaf
  readonly keys: Map<string, JsonNode>
  anyKey?: JsonNode
  element?: JsonNode
}

/** Builds the tree. An exact key wins over `*`, and `*` over `**`. */
export function toJsonTree(paths: readonly JsonPath[], toLeaf: (path: JsonPath) => JsonLeaf): JsonNode {
  const root: JsonNode = { keys: new Map() }
  for (const path of paths) {
    let node = root
    for (const step of path.steps) {
      if (step.kind === 'below') {
        const below: JsonNode = { keys: new Map() }
        below.anyKey = below
        below.element = below
        node.anyKey ??= below
        node.element ??= below
        node = below
      } else if (step.kind === 'key') node = ensureKey(node, step.key)
      else if (step.kind === 'any-key') node = node.anyKey ??= { keys: new Map() }
      else node = node.element ??= { keys: new Map() }
    }
    node.leaf = toLeaf(path)
  }
  return root
}

function ensureKey(node: JsonNode, key: string): JsonNode {
  const known = node.keys.get(key)
  if (known) return known
  const made: JsonNode = { keys: new Map() }
  node.keys.set(key, made)
  return made
}

/** Tells whether everything at and below a node is kept for a reason. Then its keys are kept for that reason too. */
export function isKept(node: JsonNode, seen: Set<JsonNode> = new Set()): boolean {
  if (seen.has(node)) return true
  seen.add(node)
  if (node.leaf && node.leaf.kind !== 'keep') return false
  const below = [...node.keys.values(), node.anyKey, node.element]
  return below.every((one) => one === undefined || isKept(one, seen))
}
