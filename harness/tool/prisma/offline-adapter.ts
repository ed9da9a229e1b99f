import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'

/**
 * Stands in for a connection where Prisma's engine insists on one and needs none. The engine asks it whether the namespace exists and
 * which version the server has; anything else is refused.
 */
export function toOfflineFactory(): object {
  const refuse = async (): Promise<never> => {
    throw new Error('the SQL of a schema is written without a database')
  }
  const adapter = {
    provider: 'postgres' as const,
    adapterName: 'offline',
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 17.0', 170000]],
    }),
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    dispose: async () => {},
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  }
  const connect = async () => adapter
  return bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: adapter.adapterName,
    connect,
    connectToShadowDb: refuse,
  })
}
