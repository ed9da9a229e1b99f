import { HarnessError } from '../../model/error.ts'
import { survey } from '../init/survey.ts'
import { type Check, ok } from './check.ts'

/** Finds the migration tool's project and version; where there are several or none, that is said. */
export async function checkTool(
  root: string,
): Promise<{ readonly checks: readonly Check[]; readonly migrations: string | null }> {
  try {
    const { project } = await survey({ root, databaseOnly: true, choose: async () => 0 })
    const found = `${project.title}; ${project.schema}, migrations in ${project.migrations}`
    const check: Check =
      project.version === null
        ? {
            subject: 'tool',
            state: 'warning',
            found,
            remedy: 'Install it, or name its version in scenario.ts: order and transactions depend on it.',
          }
        : ok('tool', found)
    return { checks: [check], migrations: project.migrations }
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    const { message: found, remedy } = error
    return { checks: [{ subject: 'tool', state: 'warning', found, remedy }], migrations: null }
  }
}
