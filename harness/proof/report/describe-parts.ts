import type { Proof } from '../../model/proof.ts'
import type { Reported } from './render-report.ts'
import { count, ofKinds, toBullets } from './report-findings.ts'

/** The tables of which the plan says what is not so. */
export function describeClaims(proof: Proof): string[] {
  const rows = ofKinds(proof, 'claim-wrong').flatMap(({ claimed, tables }) =>
    tables.map(({ table, rows: found, meant }) => {
      const name = meant === undefined ? '' : `, named \`${meant}\``
      const what = found === null ? 'missing' : `there with ${count(found, 'row')}${name}`
      return `| \`${table}\` | ${claimed} | ${what} |`
    }),
  )
  return rows.length === 0 ? [] : ['| table | the plan | production |', '|---|---|---|', ...rows]
}

/** What goes where somebody runs recorded files by hand, by phase; then what phases themselves do to rows. */
export function describeRows(proof: Proof, { phases }: Reported): string[] {
  const byHand = phases.flatMap(({ id, title, risk }) => {
    const own = ofKinds(proof, 'unfit-by-hand').filter(
      ({ phase, run }) => phase === id && run.lost.length > 0,
    )
    if (own.length === 0) return []
    const lost = own.flatMap(({ run }) => run.lost).filter(({ object }) => object.startsWith('table '))
    const gone = new Set(lost.map(({ object }) => object.slice('table '.length)))
    const absent = own.flatMap(({ run }) => run.absent).filter((table) => !gone.has(table))
    const rows = lost.reduce((sum, loss) => sum + loss.rows, 0)
    return [
      `- **Phase ${id}, ${title}, called ${risk} risk**, drops ${count(gone.size + new Set(absent).size, 'table')} where its recorded files are run by hand: ${gone.size} with ${count(rows, 'row')}${toAbsent([...new Set(absent)])}`,
      ...own.flatMap(({ run }) =>
        run.lost.map(({ object, rows: held, place }) => `  - ${object}, ${count(held, 'row')}: ${place}`),
      ),
    ]
  })
  const others = ofKinds(proof, 'rows-lost', 'values-lost', 'values-changed', 'rows-added', 'object-dropped')
  return [...byHand, ...others.flatMap(toBullets)]
}

function toAbsent(tables: readonly string[]): string {
  return tables.length === 0
    ? ''
    : `, while ${tables.join(', ')} ${tables.length === 1 ? 'is' : 'are'} not there`
}

/** What a phase misses that a later one brings. */
export function describeNeeds(proof: Proof): string[] {
  return [
    ...ofKinds(proof, 'dependency-missing').flatMap(toBullets),
    ...ofKinds(proof, 'unfit-by-hand').flatMap(({ phase, run }) =>
      run.needs.map(
        ({ object, place, migration, phase: later }) =>
          `- **Phase ${phase}** needs \`${object}\` of phase ${later} (\`${migration}\`): ${place}`,
      ),
    ),
  ]
}

/** A row of the history that was there before the phase and that the rollback took along. */
const FORGOTTEN = /^history: .* \(finished\) is missing$/

/** Rollbacks that do not lead back, with their statements that do nothing. */
export function describeRollbacks(proof: Proof): string[] {
  return ofKinds(proof, 'rollback-missing', 'rollback-failed', 'rollback-incomplete').flatMap((finding) => {
    if (finding.kind !== 'rollback-incomplete') return toBullets(finding)
    const { phase, file, idle, differences } = finding
    const forgotten = differences.filter((difference) => FORGOTTEN.test(difference))
    return [
      `- **Phase ${phase}** does not lead back: ${file}`,
      ...idle.map((statement) => `  - does nothing, ${statement}`),
      ...differences
        .filter((difference) => !difference.startsWith('history: '))
        .map((difference) => `  - ${difference}`),
      ...(forgotten.length === 0
        ? []
        : [
            `  - the history forgets ${count(forgotten.length, 'migration')} recorded before the phase, so the next deploy runs them again`,
          ]),
    ]
  })
}
