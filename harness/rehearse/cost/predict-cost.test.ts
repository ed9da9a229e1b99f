import { expect, it } from 'vitest'
import { parseStatements } from '../../ground/sql/list-statements.ts'
import { predictCost } from './predict-cost.ts'

/** `a AccessExclusive +rewrite`, sorted. */
async function predict(sql: string): Promise<string> {
  const [statement] = (await parseStatements(sql)) ?? []
  if (!statement) throw new Error(`not read: ${sql}`)
  const predicted = predictCost(statement, 'public')
  if (predicted === null) return 'unknown'
  return Object.entries(predicted.locks)
    .map(([table, mode]) => {
      const rewrite = predicted.rewrites[table]
      const sign = rewrite === true ? ' +rewrite' : rewrite === 'depends' ? ' +depends' : ''
      return `${table.replace('public.', '')} ${mode.replace('Lock', '')}${sign}`
    })
    .sort()
    .join(', ')
}

it.each([
  ['ALTER TABLE a ADD b int', 'a AccessExclusive'],
  ["ALTER TABLE a ADD b timestamptz DEFAULT now(), ADD c text DEFAULT 'x'", 'a AccessExclusive'],
  ['ALTER TABLE a ADD b uuid DEFAULT gen_random_uuid()', 'a AccessExclusive +rewrite'],
  ['ALTER TABLE a ADD b timestamptz DEFAULT clock_timestamp()', 'a AccessExclusive +rewrite'],
  ['ALTER TABLE a ADD b int DEFAULT my_function()', 'a AccessExclusive +depends'],
  ['ALTER TABLE a ADD b bigserial', 'a AccessExclusive +rewrite'],
  ['ALTER TABLE a ADD b int GENERATED ALWAYS AS IDENTITY', 'a AccessExclusive +rewrite'],
  ['ALTER TABLE a ADD b int GENERATED ALWAYS AS (c + 1) STORED', 'a AccessExclusive +rewrite'],
  ['ALTER TABLE a ALTER b TYPE timestamptz', 'a AccessExclusive +depends'],
  ['ALTER TABLE a ALTER b SET NOT NULL', 'a AccessExclusive'],
  ['ALTER TABLE a ALTER b SET STATISTICS 9', 'a ShareUpdateExclusive'],
  [
    'ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES s.p (id) NOT VALID',
    'a ShareRowExclusive, s.p ShareRowExclusive',
  ],
  ['ALTER TABLE a ADD b int REFERENCES p (id)', 'a AccessExclusive, p ShareRowExclusive'],
  ['ALTER TABLE a VALIDATE CONSTRAINT c', 'a ShareUpdateExclusive'],
  ['ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0) NOT VALID', 'a AccessExclusive'],
  ['ALTER TABLE a DISABLE TRIGGER t', 'a ShareRowExclusive'],
  ['ALTER TABLE a ATTACH PARTITION p FOR VALUES IN (1)', 'a ShareUpdateExclusive, p AccessExclusive'],
  ['ALTER TABLE a DETACH PARTITION p CONCURRENTLY', 'a ShareUpdateExclusive'],
  ['ALTER TABLE a RENAME b TO c', 'a AccessExclusive'],
  ['CREATE INDEX ON a (b)', 'a Share'],
  ['CREATE INDEX CONCURRENTLY ON a (b)', 'a ShareUpdateExclusive'],
  ['CREATE TABLE n (b int REFERENCES p (id))', 'p ShareRowExclusive'],
  ['DROP TABLE a, s.b', 'a AccessExclusive, s.b AccessExclusive'],
  ['LOCK TABLE a IN SHARE MODE', 'a Share'],
  ["COMMENT ON COLUMN a.b IS 'x'", 'a ShareUpdateExclusive'],
  ['VACUUM FULL a', 'a AccessExclusive +rewrite'],
  ['REINDEX (CONCURRENTLY) TABLE a', 'a ShareUpdateExclusive'],
  ['UPDATE a SET b = 1', 'a RowExclusive'],
  ['DO $$ BEGIN DROP TABLE a; END $$', 'unknown'],
  ['SELECT f()', 'unknown'],
])('%s', async (sql, expected) => {
  expect(await predict(sql)).toBe(expected)
})
