import { join } from 'node:path'
import { type ApiDocument, readApiDocument } from '../contract/api-document.ts'
import type { Scenario } from '../model/scenario.ts'

/** The OpenAPI document that a scenario names, read anew; null when it names none. @throws document-invalid */
export function readDocument(scenario: Scenario): ApiDocument | null {
  if (!scenario.contract) return null
  return readApiDocument(join(process.cwd(), 'scenarios', scenario.name, scenario.contract.document))
}
