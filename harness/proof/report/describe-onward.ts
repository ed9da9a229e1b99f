import type { Proof } from '../../model/proof.ts'
import { describeDeploy } from '../render-history.ts'
import type { Reported } from './render-report.ts'
import { count, ofKinds } from './report-findings.ts'

/** What the command does that production deploys with, where the phases count on it in vain. */
export function describeWholeDeploy(proof: Proof, { phases }: Reported): string[] {
  const { deploy } = proof
  if (!deploy) return []
  const passed = ofKinds(proof, 'migration-outside-phase', 'unfit-by-hand')
  const rows = phases
    .map(({ id, title }) => [id, title, passed.filter(({ phase }) => phase === id).length] as const)
    .filter(([, , number]) => number > 0)
  return [
    `**${describeDeploy(deploy)}.**`,
    '',
    ...rows.map(
      ([id, title, number]) => `- Phase ${id}, ${title}: passes over ${count(number, 'migration')}`,
    ),
  ]
}

/** The least that would lead to the target, with its SQL. */
export function describeOnward({ wayForward, deploy }: Proof): string[] {
  if (!wayForward) return []
  const { migration, statements, left, proof, isProven } = wayForward
  return [
    `One migration, \`${migration}\`, deployed with \`${deploy?.command}\`. ${proof}`,
    '',
    '```sql',
    ...statements,
    '```',
    ...(left.length === 0
      ? []
      : ['', `${isProven ? 'It leaves' : 'It would leave'} to a person what is there in another way:`, '']),
    ...left.map((name) => `- ${name}`),
  ]
}
