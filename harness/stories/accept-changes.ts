import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Finding } from '../model/finding.ts'
import type { Proof } from '../model/proof.ts'
import { addDeclaration, addToChanges } from './add-to-changes.ts'

/** What a phase did without saying it, and whether its file says so now. */
interface AcceptedChanges {
  readonly phase: string
  /** The list of the phase that takes it: `changes`, `rewrites`, `inserts`, `renames` or `loses`. */
  readonly list: string
  readonly names: readonly string[]
  /** The file, from the project's root. */
  readonly file: string
  /** False: the file is not there, or its list is put together by code, so a person has to write it. */
  readonly isWritten: boolean
}

/**
 * Writes what each phase was seen to change, and does not say, into the lists of its `phase.ts`. Nobody has judged it then: the edit is
 * for a person to review, and reasons are left for a person to give. Writes files.
 */
export function acceptChanges(proof: Proof, projectRoot: string): readonly AcceptedChanges[] {
  return proof.phases.flatMap((result): AcceptedChanges[] => {
    if (result.outcome !== 'failed') return []
    const path = join(projectRoot, 'scenarios', proof.scenario, 'phases', result.name, 'phase.ts')
    const shared = { phase: result.name, file: relative(projectRoot, path) }
    const was = existsSync(path) ? readFileSync(path, 'utf8') : null
    let text = was
    const accepted = listSeen(result.findings).map(({ list, names }) => {
      const next =
        text === null
          ? null
          : list === 'changes'
            ? addToChanges(text, names)
            : addDeclaration(text, list, names.join(', '))
      text = next ?? text
      return { ...shared, list, names, isWritten: next !== null }
    })
    if (text !== null && text !== was) writeFileSync(path, text)
    return accepted
  })
}

function listSeen(findings: readonly Finding[]): readonly Pick<AcceptedChanges, 'list' | 'names'>[] {
  const tables = findings.flatMap((finding) =>
    finding.kind === 'changed-outside-phase' ? [finding.table] : [],
  )
  const declared = findings.flatMap((finding) => {
    const [, list, element] = /^(\w+): \[(.*)\]$/s.exec(toDeclaration(finding) ?? '') ?? []
    return list !== undefined && element !== undefined ? [{ list, names: [element] }] : []
  })
  return [
    ...(tables.length > 0 ? [{ list: 'changes', names: [...new Set(tables)].sort() }] : []),
    ...declared,
  ]
}

/** The line that declares what was found. Where something else is declared already, a person has to look. */
function toDeclaration(finding: Finding): string | null {
  switch (finding.kind) {
    case 'renamed':
      return finding.declaration
    case 'rows-lost':
    case 'rows-added':
    case 'values-lost':
      return finding.declared === null ? finding.declaration : null
    case 'values-changed':
      return finding.declared === null && finding.how === undefined ? finding.declaration : null
    default:
      return null
  }
}
