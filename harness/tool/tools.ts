import { HarnessError } from '../model/error.ts'
import type { MigrationTool, ToolChoice, ToolPlace, ToolRecord } from '../model/tool.ts'
import { prisma } from './prisma/prisma-tool.ts'

export { listGenerated } from './prisma/list-generated.ts'

/** The migration tools a scenario can name. */
export const tools: Readonly<Record<string, ToolRecord>> = { prisma }

/** Names of the tables in which any of the tools keeps its history, for where no scenario says which tool it is. */
export const historyTables: readonly string[] = Object.values(tools).map(({ historyTable }) => historyTable)

/** The advisory lock that a deploy of a scenario's tool holds; null where it takes none. */
export function toAdvisoryLock(choice: ToolChoice | undefined): string | null {
  return tools[choice?.name ?? '']?.advisoryLock ?? null
}

/**
 * Opens the tool that a scenario names, under the rules of its version.
 * @throws plan-invalid when there is no such tool, or its version or rules cannot be established
 */
export async function openTool(choice: ToolChoice | undefined, place: ToolPlace): Promise<MigrationTool> {
  const known = Object.keys(tools).map((name) => `'${name}'`)
  const record = choice && Object.hasOwn(tools, choice.name) ? tools[choice.name] : undefined
  if (choice && record) return record.open(choice, place)
  const fault = choice ? `it names the tool '${choice.name}'` : 'it names no migration tool'
  throw new HarnessError(
    'plan-invalid',
    `Opening the migration tool of scenario ${place.scenario}: ${fault}; known: ${known.join(', ')}.`,
    `Write it into scenario.ts: tool: { name: ${known[0]}, version: '…' }.`,
    { scenario: place.scenario, faults: [fault] },
  )
}
