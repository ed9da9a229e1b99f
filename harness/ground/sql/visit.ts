/** Visits every node of a parse tree with its kind, outer nodes first. */
export function visit(tree: unknown, see: (kind: string, value: Record<string, unknown>) => void): void {
  if (typeof tree !== 'object' || tree === null) return
  for (const [kind, value] of Object.entries(tree)) {
    if (typeof value !== 'object' || value === null) continue
    see(kind, value as Record<string, unknown>)
    visit(value, see)
  }
}
