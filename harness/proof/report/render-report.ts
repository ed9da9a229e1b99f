import type { Finding } from '../../model/finding.ts'
import type { Proof } from '../../model/proof.ts'
import type { Scenario } from '../../model/scenario.ts'
import { renderRehearsals } from '../render-rehearsals.ts'
import { describeOnward, describeWholeDeploy } from './describe-onward.ts'
import { describeClaims, describeNeeds, describeRollbacks, describeRows } from './describe-parts.ts'
import { describeRecorded } from './describe-recorded.ts'
import { findingsOf, toBullets } from './report-findings.ts'

/** What a report says of a scenario beside its proof. */
export type Reported = Pick<Scenario, 'title' | 'phases'>

/** A section of a report; one without lines is left out. */
interface Section {
  readonly heading: string
  /** Kinds of findings that it tells. What no section tells comes under a heading of its own. */
  readonly kinds: readonly Finding['kind'][]
  readonly lines: (proof: Proof, scenario: Reported) => readonly string[]
}

/** In order of importance: whether anything will happen at all, what the plan rests on, what becomes of rows, then the rest. */
const sections: readonly Section[] = [
  { heading: 'What a deploy does', kinds: [], lines: describeWholeDeploy },
  {
    heading: 'What the history says',
    kinds: [
      'recorded-without-effects',
      'effects-there-already',
      'history-row-impossible',
      'migration-edited',
      'migration-not-finished',
      'migration-not-recorded',
    ],
    lines: describeRecorded,
  },
  {
    heading: 'What the plan says of production, and is not so',
    kinds: ['claim-wrong'],
    lines: describeClaims,
  },
  {
    heading: 'What would become of rows',
    kinds: ['unfit-by-hand', 'rows-lost', 'values-lost', 'values-changed', 'rows-added', 'object-dropped'],
    lines: describeRows,
  },
  {
    heading: 'What phases need of later ones',
    kinds: ['dependency-missing'],
    lines: describeNeeds,
  },
  {
    heading: 'Rollbacks',
    kinds: ['rollback-missing', 'rollback-failed', 'rollback-incomplete'],
    lines: describeRollbacks,
  },
]

/** A proof as a page in Markdown, for people who were not there: findings in order of importance, then the way forward. Pure. */
export function renderReport(proof: Proof, scenario: Reported): string {
  const told = new Set<Finding['kind']>([...sections.flatMap(({ kinds }) => kinds), ...passedOver(proof)])
  const rest = findingsOf(proof).filter(({ kind }) => !told.has(kind))
  const rehearsals = renderRehearsals(proof.rehearsals ?? [], true)
  return [
    ...head(proof, scenario),
    ...sections.flatMap(({ heading, lines }) => section(heading, lines(proof, scenario))),
    ...section('What else was found', rest.flatMap(toBullets)),
    ...section('What could not be judged', (proof.undecided ?? []).map(toItem)),
    ...section('The smallest way forward', describeOnward(proof)),
    ...section('Rehearsals', rehearsals.length === 0 ? [] : ['```', ...rehearsals, '```']),
    ...section('What was not shown', proof.limits.map(toItem)),
  ].join('\n')
}

/** A deploy that passes over what phases name is told as a whole. */
function passedOver({ deploy }: Proof): readonly Finding['kind'][] {
  return deploy === undefined ? [] : ['migration-outside-phase']
}

function head(proof: Proof, { title, phases }: Reported): string[] {
  const rows = proof.phases.map((result) => {
    const { risk = '' } = phases.find(({ id }) => id === result.phase) ?? {}
    const count = result.outcome === 'failed' ? String(result.findings.length) : ''
    return `| ${result.phase} | ${result.title} | ${risk} | ${result.outcome} | ${count} |`
  })
  return [
    `# ${title}: ${proof.verdict}`,
    '',
    `Scenario \`${proof.scenario}\`, phases 1 to ${proof.upTo}${proof.about.snapshot ? `, on the snapshot \`${proof.about.snapshot.name}\`` : ''}.`,
    '',
    '| phase | title | said risk | outcome | findings |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ]
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, '', ...lines, '']
}

function toItem(text: string): string {
  return `- ${text}`
}
