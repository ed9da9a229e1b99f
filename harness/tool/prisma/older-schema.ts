/** Settings of a datasource block that Prisma 7 takes from its configuration instead, and refuses in a schema. */
const CONNECTION_SETTING = /^(\s*)(?:url|directUrl|shadowDatabaseUrl)\s*=.*$/gm
/** Preview features that change what a schema means for the database; the engine refuses a name that it no longer knows. */
const MEANT_FOR_DATABASE = new Set([
  'partialIndexes',
  'postgresqlExtensions',
  'fullTextSearchPostgres',
  'views',
])

/**
 * A schema as Prisma 7's engine accepts it: a schema for Prisma 5 or 6 without its connection settings and the preview features
 * that say nothing about the database. Lines keep their numbers.
 */
export function toCurrentSchema(schema: string): string {
  return schema.replace(/^\s*(datasource|generator)\s+\w+\s*\{[\s\S]*?^\s*\}/gm, (block, kind: string) =>
    kind === 'datasource' ? block.replace(CONNECTION_SETTING, '$1') : withKnownFeatures(block),
  )
}

function withKnownFeatures(block: string): string {
  return block.replace(/(previewFeatures\s*=\s*)\[([^\]]*)\]/, (whole, head: string, list: string) => {
    const known = [...list.matchAll(/"([^"]+)"/g)].flatMap(([, name = '']) =>
      MEANT_FOR_DATABASE.has(name) ? [`"${name}"`] : [],
    )
    return `${head}[${known.join(', ')}]${'\n'.repeat(whole.split('\n').length - 1)}`
  })
}

/**
 * The SQL of a schema as Prisma made it up to version 5: the table of a relation without a model of its own had a unique index where
 * Prisma 6 gives it a primary key.
 */
export function toOlderSql(sql: string, version: string): string {
  if (Number(version.split('.')[0]) >= 6) return sql
  return sql.replace(
    /CREATE TABLE ((?:"[^"]+"\.)?"_[^"]+") \(([^;]*?),\s*CONSTRAINT "([^"]+)_AB_pkey" PRIMARY KEY \("A",\s*"B"\)\s*\);/g,
    'CREATE TABLE $1 ($2);\n\nCREATE UNIQUE INDEX "$3_AB_unique" ON $1("A", "B");',
  )
}
