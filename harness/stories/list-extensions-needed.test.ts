import { expect, it } from 'vitest'
import { listExtensionsNeeded } from './list-extensions-needed.ts'

it.for([
  ['CREATE TABLE "a" ("citext" TEXT)', []],
  ['CREATE TABLE "a" ("b" CITEXT NOT NULL)', ['citext']],
  ['CREATE INDEX "a_b" ON "a" USING GIN ("b" gin_trgm_ops)', ['pg_trgm']],
  ['"id" UUID DEFAULT uuid_generate_v4(), "at" vector(3)', ['uuid-ossp', 'vector']],
] as const)('needs for %s the extensions %o', ([sql, extensions]) => {
  expect(listExtensionsNeeded(sql)).toEqual(extensions)
})
