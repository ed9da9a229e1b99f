import { toSize, toTime } from '../ground/amounts.ts'
import { type CostFinding, toModeName, waitsBehind } from '../model/cost.ts'
import type { Words } from './describe-finding.ts'

type CostOf<K extends CostFinding['kind']> = Extract<CostFinding, { kind: K }>

/** What findings about costs say. */
export const costProse: { readonly [K in CostFinding['kind']]: (finding: CostOf<K>) => Words } = {
  'lock-held-too-long': ({ file, line, statement, table, mode, heldMs, limitMs, rows, longest }) => ({
    says: `${waitsBehind(mode)} of ${table} wait for ${toTime(heldMs)} behind ${file}:${line}`,
    expected: `at most ${toTime(limitMs)} in which ${waitsBehind(mode)} of a table with rows wait`,
    found: `${toModeName(mode)} on ${table} (${rows} rows) from "${statement}" to the end of its transaction${longest ? `, most of it for ${longest.file}:${longest.line} "${longest.statement}", ${toTime(longest.durationMs)}` : ''}`,
    next: longest
      ? 'Put the long statement into a migration of its own before this one or after it, so that it runs without the lock.'
      : 'Do the long part without the lock first: CREATE INDEX CONCURRENTLY, NOT VALID and later VALIDATE CONSTRAINT, a new column that is filled in small steps. If the wait is planned, raise the budget of this risk in scenario.ts.',
  }),
  'rewrite-too-large': ({ file, line, statement, table, reason, bytes, limitBytes, rows }) => ({
    says: `${table} is written anew as a whole at ${file}:${line}`,
    expected: `no rewrite of more than ${toSize(limitBytes)}`,
    found: `${toSize(bytes)}, ${rows} rows, because of ${reason}: "${statement}"`,
    next: 'Add the column without the default and fill it in small steps, or add a new column of the other type beside the old one. If the rewrite is planned, raise the budget of this risk in scenario.ts.',
  }),
  'deploy-too-long': ({ durationMs, limitMs, longest }) => ({
    says: `the deploy of the phase takes ${toTime(durationMs)}`,
    expected: `at most ${toTime(limitMs)}, the time limit of a deploy`,
    found: `most of it for ${longest.file}:${longest.line} "${longest.statement}", ${toTime(longest.durationMs)}`,
    next: 'Take the long statement out of the deploy, into a job that runs in small steps; or give deployMs in the budgets of scenario.ts the time that your deploy really has.',
  }),
}
