import type { PhaseEvidence } from '../model/checkpoint.ts'
import type { FindingEvidence } from '../model/finding.ts'
import type { SessionChange } from '../model/history.ts'
import { describeRemains } from './remains.ts'

/** Migrations that a text names before it goes on with their number. */
const NAMED = 3

/** What files left in the session of their deploy, where it broke the deploy or changed under what a later file ran. */
export function toSessionFindings(evidence: PhaseEvidence): readonly FindingEvidence[] {
  return evidence.replay.session
    .filter(
      ({ brokeDeploy, ranUnder, changesMeaning }) => brokeDeploy || (changesMeaning && ranUnder.length > 0),
    )
    .map((change) => {
      const { migration, file, line, left } = change
      const remains = change.brokeDeploy ? describeRemains(evidence) : []
      return {
        kind: 'session-changed',
        migration,
        file,
        line,
        left,
        effect: toEffect(change, evidence),
        remains,
      }
    })
}

function toEffect(
  { brokeDeploy, left, migration, ranUnder }: SessionChange,
  { replay }: PhaseEvidence,
): string {
  const { failure } = replay
  const under = ranUnder.length === 0 ? [] : [`${listNames(ranUnder)} of the same deploy ran under it`]
  if (!brokeDeploy) return under.join('')
  if (left === 'an open transaction') {
    return [
      ...under,
      'what ran from there on is rolled back when the deploy ends, its record in the history too',
    ].join('; ')
  }
  const said = failure === null ? '' : `: ${failure.sqlstate} ${failure.message}`
  const last = failure === null ? migration : failure.migration
  return [...under, `the tool could not write into its history that ${last} is finished${said}`].join('; ')
}

function listNames(names: readonly string[]): string {
  const rest = names.length - NAMED
  return rest > 0 ? `${names.slice(0, NAMED).join(', ')} and ${rest} more` : names.join(', ')
}
