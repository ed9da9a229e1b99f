import type { Finding, FindingKind } from '../../model/finding.ts'
import type { Proof } from '../../model/proof.ts'
import { describeFinding } from '../describe-finding.ts'

type FindingOf<K extends FindingKind> = Extract<Finding, { kind: K }>

/** All findings of a proof, in the order of the phases. */
export function findingsOf({ phases }: Proof): readonly Finding[] {
  return phases.flatMap((result) => (result.outcome === 'failed' ? result.findings : []))
}

/** Those of some kinds. */
export function ofKinds<K extends FindingKind>(
  proof: Proof,
  ...kinds: readonly K[]
): readonly FindingOf<K>[] {
  return findingsOf(proof).filter((finding): finding is FindingOf<K> =>
    (kinds as readonly FindingKind[]).includes(finding.kind),
  )
}

/** A finding as a bullet, with what was expected, found and comes next below it. */
export function toBullets(finding: Finding): string[] {
  const [says = '', ...rest] = describeFinding(finding)
  return [
    `- **Phase ${finding.phase}** ${says}`,
    ...rest.flatMap((line) => {
      const [, label, text = line] = /^ {2}(\w+) +(.*)$/s.exec(line) ?? []
      const [first = '', ...others] = text.trim().split(/\s*\n\s*/)
      return [
        `  - ${label === undefined ? '' : `${label}: `}${first}`,
        ...others.map((other) => `  - ${other}`),
      ]
    }),
  ]
}

/** `1 row`, `80 rows`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
