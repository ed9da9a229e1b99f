import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toSha256 } from '../../ground/file-digest.ts'
import type { Phase, Scenario } from '../../model/scenario.ts'

/** The scenario with the rollback scripts that lie beside its phases. */
export function withRollbacks(scenario: Scenario, projectRoot: string): Scenario {
  const read = (phase: Phase): Phase => {
    const file = `scenarios/${scenario.name}/phases/${phase.name}/rollback.sql`
    const path = join(projectRoot, file)
    if (!existsSync(path)) return phase
    const sql = readFileSync(path, 'utf8')
    return { ...phase, rollback: { file, sql, sha256: toSha256(sql) } }
  }
  return { ...scenario, phases: scenario.phases.map(read) }
}
