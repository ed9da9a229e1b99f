import type { Proof } from '../../model/proof.ts'
import { count, ofKinds, toBullets } from './report-findings.ts'

/** Recorded migrations of which nothing is left, rows that are not plainly executed, and what was found of them. */
export function describeRecorded(proof: Proof): string[] {
  const { history = [] } = proof
  const empty = history.filter(({ leaves, verdict }) => leaves && verdict !== 'pending')
  const recorded = history.filter(({ verdict }) => verdict !== 'pending').length
  const findings = ofKinds(
    proof,
    'recorded-without-effects',
    'effects-there-already',
    'history-row-impossible',
    'migration-edited',
    'migration-not-finished',
    'migration-not-recorded',
  )
  const edited = history.filter(({ verdict }) => verdict === 'edited')
  return [
    ...(empty.length === 0
      ? []
      : [
          `Of ${count(recorded, 'recorded migration')}, ${empty.length} have nothing in production that they made:`,
          '',
          '| migration | phase | why |',
          '|---|---|---|',
          ...empty.map(
            ({ migration, phase, leaves }) =>
              `| \`${migration}\` | ${phase ?? ''} | ${leaves === 'makes-nothing' ? 'it makes nothing' : 'later migrations removed or replaced all of it'} |`,
          ),
          '',
        ]),
    ...edited.map(({ migration, evidence }) => `- \`${migration}\`: ${evidence.join('; ')}`),
    ...findings.flatMap(toBullets),
  ]
}
