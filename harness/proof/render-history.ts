import type { HistoryAudit, HistoryVerdict, MigrationVerdict, WholeDeploy } from '../model/history-audit.ts'

/** Each verdict as a person reads it, behind a count. */
export const historyWords: Readonly<Record<HistoryVerdict, string>> = {
  executed: 'executed',
  baselined: 'baselined, effects present',
  'effects-absent': 'recorded, effects absent',
  'half-applied': 'half applied',
  'applied-by-hand': 'applied by hand, not recorded',
  failed: 'failed',
  'rolled-back': 'rolled back',
  edited: 'edited since',
  'no-folder': 'without a folder',
  repeated: 'recorded more than once',
  impossible: 'a row that no deploy wrote',
  pending: 'pending',
  unknown: 'unknown',
}

/** Verdicts that need no line of their own. */
const PLAIN: ReadonlySet<HistoryVerdict> = new Set(['executed', 'pending'])

/** The history of a database in lines: counts by verdict, then every migration that is not plainly executed or pending. */
export function renderHistory({ migrations, obstacles, broken, deploy, wayForward }: HistoryAudit): string[] {
  const counts = Object.entries(historyWords).flatMap(([verdict, text]) => {
    const count = migrations.filter((one) => one.verdict === verdict).length
    return count === 0 ? [] : [`${count} ${text}`]
  })
  if (counts.length === 0) return []
  return [
    `history: ${counts.join(', ')}`,
    ...migrations.filter(({ verdict }) => !PLAIN.has(verdict)).flatMap(renderVerdict),
    ...obstacles.map(
      ({ phase, migration, object, place, needs }) =>
        `history: phase ${phase} cannot apply ${migration}: ${object} at ${place} ${needs === null ? 'is there already' : `is missing, which ${needs} was to bring`}`,
    ),
    ...(broken === null
      ? []
      : [
          `history: the linear replay broke at ${broken.migration} (${broken.sqlstate}: ${broken.message}); what comes later is unknown`,
        ]),
    ...(deploy ? [`history: ${describeDeploy(deploy)}`] : []),
    ...(wayForward
      ? [
          `history: the smallest way forward is one migration of ${wayForward.statements.length} statements, whole in the proof. ${wayForward.proof}`,
        ]
      : []),
  ]
}

/** What a deploy of the whole folder does where the phases count on it, in a sentence without its full stop. */
export function describeDeploy({ command, recorded, applied }: WholeDeploy): string {
  const what = applied.length === 0 ? 'nothing' : applied.join(', ')
  return `${command} applies ${what}: the history records all ${recorded} migrations of the folder as applied`
}

/** The whole table: a line for each migration of the folder and each name of the history, its way out below it. */
export function renderHistoryTable(audit: HistoryAudit): string {
  const { migrations } = audit
  const width = Math.max(0, ...migrations.map(({ migration }) => migration.length))
  const kinds = Math.max(0, ...migrations.map(({ verdict }) => historyWords[verdict].length))
  const rows = migrations.flatMap((one) => [
    `  ${historyWords[one.verdict].padEnd(kinds)}  ${one.migration.padEnd(width)}  ${one.phase === null ? '' : `phase ${one.phase}; `}${one.evidence.join('; ')}`,
    ...renderRest(one).map((line) => `  ${' '.repeat(kinds)}  ${line}`),
  ])
  const [counts = 'history: nothing is recorded, and the folder is empty', ...others] = renderHistory(audit)
  return [
    ...rows,
    '',
    counts,
    ...others.filter((line) => line.startsWith('history: phase') || line.includes('linear replay')),
  ].join('\n')
}

function renderVerdict(one: MigrationVerdict): string[] {
  const { migration, verdict, evidence } = one
  return [
    `history: ${migration}: ${historyWords[verdict]}: ${evidence.join('; ')}`,
    ...renderRest(one).map((line) => `  ${line}`),
  ]
}

function renderRest({ declared, wayOut }: MigrationVerdict): string[] {
  return [
    ...(declared === null ? [] : [`declared: ${declared}`]),
    ...(wayOut?.steps ?? []).map((step) => `way out: ${step}`),
    ...(wayOut?.proof ? [wayOut.proof] : []),
  ]
}
