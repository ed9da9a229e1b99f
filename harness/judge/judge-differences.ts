import type { KnownDifference, SchemaReference } from '../model/expectation.ts'
import type { FindingEvidence } from '../model/finding.ts'

/**
 * Differences from a reference that nobody accepts, and entries whose difference is gone or whose day is over.
 * @param judgedOn as `2026-12-31`
 * @param isCompared tells whether a table or another object, by its name, was compared
 */
export function judgeDifferences(
  reference: SchemaReference,
  differences: readonly string[],
  known: readonly KnownDifference[],
  judgedOn: string,
  isCompared: (name: string) => boolean = () => true,
): FindingEvidence[] {
  const accepted = known.filter((entry) => entry.reference === reference)
  const left = differences.filter((text) => !accepted.some((entry) => isNamed(text, entry)))
  const isThere = (entry: KnownDifference) => differences.some((text) => isNamed(text, entry))
  const outdated = accepted.filter((entry) =>
    isThere(entry) ? entry.expires < judgedOn : isCompared(toObject(entry)),
  )
  return [
    ...(left.length === 0 ? [] : [{ kind: 'schema-differs' as const, reference, differences: left }]),
    ...outdated.map((entry) => ({
      kind: 'known-difference-outdated' as const,
      reference,
      difference: entry.difference,
      owner: entry.owner,
      acceptedUntil: isThere(entry) ? entry.expires : null,
    })),
  ]
}

/** A name ends where the sentence goes on with a word or a colon: `orders: index a` does not name `orders: index a_b`. */
function isNamed(text: string, { difference }: KnownDifference): boolean {
  return text.startsWith(difference) && /^(:|$| (is|has|expected) )/.test(text.slice(difference.length))
}

/** The table of `orders: index a`; the object of `enum State`. */
function toObject({ difference }: KnownDifference): string {
  const [head = ''] = difference.split(': ')
  return head.replace(/^\w+ /, '')
}
