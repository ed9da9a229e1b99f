import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Proof } from '../model/proof.ts'
import { addToChanges } from './add-to-changes.ts'

/** What a phase changed without naming it, and whether its file says so now. */
interface AcceptedChanges {
  readonly phase: string
  readonly names: readonly string[]
  /** The file, from the project's root. */
  readonly file: string
  /** False: the file is not there, or its list is put together by code, so a person has to write the names. */
  readonly isWritten: boolean
}

/**
 * Writes what each phase was seen to change, and does not name, into the list `changes` of its `phase.ts`. Nobody has judged it then:
 * the edit is for a person to review. Writes files.
 */
export function acceptChanges(proof: Proof, projectRoot: string): readonly AcceptedChanges[] {
  return proof.phases.flatMap((result) => {
    if (result.outcome !== 'failed') return []
    const seen = result.findings.flatMap((finding) =>
      finding.kind === 'changed-outside-phase' ? [finding.table] : [],
    )
    if (seen.length === 0) return []
    const names = [...new Set(seen)].sort()
    const path = join(projectRoot, 'scenarios', proof.scenario, 'phases', result.name, 'phase.ts')
    const text = existsSync(path) ? addToChanges(readFileSync(path, 'utf8'), names) : null
    if (text !== null) writeFileSync(path, text)
    return [{ phase: result.name, names, file: relative(projectRoot, path), isWritten: text !== null }]
  })
}
