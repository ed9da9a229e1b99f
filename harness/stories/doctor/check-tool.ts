import { HarnessError } from '../../model/error.ts'
import type { ToolProject } from '../../model/tool.ts'
import { openTool } from '../../tool/tools.ts'
import { survey } from '../init/survey.ts'
import { listScenarios } from '../read-scenario.ts'
import { type Check, ok } from './check.ts'

/** Finds the migration tool's project, and the rules that follow from its version; what cannot be found is said. */
export async function checkTool(
  root: string,
): Promise<{ readonly checks: readonly Check[]; readonly migrations: string | null }> {
  try {
    const { project } = await survey({ root, databaseOnly: true, choose: async () => 0 })
    const found = `${project.title}; ${project.schema}, migrations in ${project.migrations}`
    return { checks: [ok('tool', found), await checkRules(root, project)], migrations: project.migrations }
  } catch (error) {
    return { checks: [toFault(root, 'tool', error)], migrations: null }
  }
}

async function checkRules(root: string, { tool: name, migrations }: ToolProject): Promise<Check> {
  try {
    const { rules } = await openTool({ name }, { scenario: 'to be written', projectRoot: root, migrations })
    const { version, order, transactionRule } = rules
    return ok('rules', `those of ${version}: in the order of ${order}, ${transactionRule}`)
  } catch (error) {
    return toFault(root, 'rules', error)
  }
}

/** A scenario that is there may still say what could not be found; without one, nothing can be proven. */
function toFault(root: string, subject: string, error: unknown): Check {
  if (!(error instanceof HarnessError)) throw error
  const state = listScenarios(root).length > 0 ? 'warning' : 'failed'
  return { subject, state, found: error.message, remedy: error.remedy }
}
