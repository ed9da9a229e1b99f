import { join } from 'node:path'
import { type ApiDocument, readApiDocument } from '../contract/api-document.ts'

/**
 * An OpenAPI document of a scenario, read anew; null when none is named.
 * @param document path from the scenario's folder
 * @throws document-invalid
 */
export function readDocument(
  projectRoot: string,
  scenario: string,
  document: string | undefined,
): ApiDocument | null {
  if (document === undefined) return null
  const kept = join(projectRoot, '.phaseproof', 'documents')
  return readApiDocument(join(projectRoot, 'scenarios', scenario, document), kept)
}
