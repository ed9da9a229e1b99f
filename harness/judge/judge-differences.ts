import type { KnownDifference, SchemaReference } from '../model/expectation.ts'
import type { FindingEvidence } from '../model/finding.ts'

/**
 * Findings for the differences from a reference, without those that are accepted. An accepted one that is not there is a finding too: the
 * list may only become shorter.
 * @param isCompared tells whether a table or another object, by its name, was compared
 */
export function judgeDifferences(
  reference: SchemaReference,
  differences: readonly string[],
  known: readonly KnownDifference[],
  isCompared: (name: string) => boolean = () => true,
): FindingEvidence[] {
  const accepted = known.filter((entry) => entry.reference === reference)
  const left = differences.filter((text) => !accepted.some((entry) => isNamed(text, entry)))
  const outdated = accepted.filter(
    (entry) => isCompared(toObject(entry)) && !differences.some((text) => isNamed(text, entry)),
  )
  return [
    ...(left.length === 0 ? [] : [{ kind: 'schema-differs' as const, reference, differences: left }]),
    ...outdated.map(({ difference, owner }) => ({
      kind: 'known-difference-outdated' as const,
      reference,
      difference,
      owner,
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
