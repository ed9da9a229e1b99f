import type { MigrationTool, ToolChoice, ToolPlace, ToolRecord } from '../../model/tool.ts'
import { chooseVersion } from './choose-version.ts'
import { describeLimits } from './describe-limits.ts'
import { fetchHistory, HISTORY_TABLE } from './fetch-history.ts'
import { sortMigrations, toNameOrder } from './name-order.ts'
import { readMigrations } from './read-migrations.ts'

/** Prisma Migrate, run through its own schema engine. */
export const prisma: ToolRecord = {
  historyTable: HISTORY_TABLE,
  open,
}

async function open(choice: ToolChoice, place: ToolPlace): Promise<MigrationTool> {
  const chosen = await chooseVersion(choice, place)
  const { version, order, transactionRule } = chosen
  const compare = toNameOrder(order)
  const sortedBy = order.by === 'bytes' ? 'bytes' : `locale ${order.locale}`
  return {
    rules: { name: 'prisma', version, order: sortedBy, transactionRule },
    words: {
      title: `Prisma ${version}`,
      order:
        order.by === 'bytes'
          ? 'the bytes of the folder names'
          : `the folder names, sorted as the locale ${order.locale} does`,
      unfinishedEffect: 'every later deploy stops with P3009 until it is resolved',
      unfinishedRemedy:
        'Every deploy stops at it with P3009: find out what it left, then prisma migrate resolve --applied or --rolled-back.',
      orderRemedy: 'Prisma goes by folder name: rename the folders or change the phases.',
    },
    historyTable: HISTORY_TABLE,
    fetchHistory: (client) => fetchHistory(client, compare),
    listMigrations: async (folder, projectRoot) =>
      sortMigrations(await readMigrations(folder, projectRoot), compare),
    // A plan is read more often than it is replayed, and the engine with its driver takes longer to load than all else.
    apply: async (request) =>
      (await import('./apply-migrations.ts')).applyMigrations(request, transactionRule),
    renderTargetSql: async (path) => (await import('./render-schema-sql.ts')).renderSchemaFile(path),
    describeLimits: (deploys) => describeLimits(chosen, deploys),
  }
}
