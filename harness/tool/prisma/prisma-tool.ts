import type { MigrationTool, ToolChoice, ToolPlace, ToolRecord } from '../../model/tool.ts'
import { chooseVersion } from './choose-version.ts'
import { describeLimits } from './describe-limits.ts'
import { fetchHistory, fetchOtherHistories, HISTORY_TABLE } from './fetch-history.ts'
import { listFiles } from './list-files.ts'
import { sortMigrations, toNameOrder } from './name-order.ts'
import { passOver } from './pass-over.ts'
import { readMigrations } from './read-migrations.ts'

/** Prisma Migrate, run through its own schema engine. */
export const prisma: ToolRecord = {
  historyTable: HISTORY_TABLE,
  advisoryLock: '72707369',
  open,
}

async function open(choice: ToolChoice, place: ToolPlace): Promise<MigrationTool> {
  const chosen = await chooseVersion(choice, place)
  const { version, order, transactionRule } = chosen
  const { namespace } = choice
  const compare = toNameOrder(order)
  const sortedBy = order.by === 'bytes' ? 'bytes' : `locale ${order.locale}`
  return {
    rules: {
      name: 'prisma',
      version,
      order: sortedBy,
      transactionRule,
      ...(namespace !== undefined && { namespace }),
    },
    words: {
      title: `Prisma ${version}`,
      order:
        order.by === 'bytes'
          ? 'the bytes of the folder names'
          : `the folder names, sorted as the locale ${order.locale} does`,
      unfinishedEffect: 'every later deploy stops with P3009 until it is resolved',
      unfinishedRemedy:
        'Every deploy stops at it with P3009: find out what it left, then prisma migrate resolve --applied or --rolled-back.',
      elsewhereRemedy:
        "If production deploys with ?schema=<namespace>, write namespace: '<namespace>' into tool of scenario.ts: Prisma reads its history there. Do not move recorded migrations to `migrations`: that would run them again.",
      orderRemedy: 'Prisma goes by folder name: rename the folders or change the phases.',
      deploy: 'prisma migrate deploy',
      resolveApplied: 'prisma migrate resolve --applied <name>',
      resolveRolledBack: 'prisma migrate resolve --rolled-back <name>',
    },
    historyTable: HISTORY_TABLE,
    fetchHistory: (client) => fetchHistory(client, compare, namespace),
    fetchOtherHistories: (client) => fetchOtherHistories(client, namespace),
    listMigrations: async (folder, projectRoot) =>
      sortMigrations(await readMigrations(folder, projectRoot), compare),
    listFiles: (folder, migrations) => listFiles(folder, migrations),
    // A plan is read more often than it is replayed, and the engine with its driver takes longer to load than all else.
    apply: async (request) =>
      (await import('./apply-migrations.ts')).applyMigrations(request, transactionRule, namespace),
    resolve: async (request) =>
      (await import('./resolve-migrations.ts')).resolveMigrations(request, transactionRule, namespace),
    listStops: async ({ sql }) => (await import('./list-stops.ts')).listStops(sql, transactionRule),
    // A deploy counts a step and leaves no text; `resolve --applied` counts none, writes an empty text and takes no time.
    isBaselined: ({ appliedSteps, startedAt, finishedAt, logs }) =>
      appliedSteps === 0 && logs === '' && startedAt === finishedAt,
    passOver: (client, migration) => passOver(client, migration, namespace),
    renderTargetSql: async (path) => (await import('./render-schema-sql.ts')).renderSchemaFile(path, version),
    describeLimits: (deploys) => describeLimits(chosen, deploys),
  }
}
