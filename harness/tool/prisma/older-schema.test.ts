import { describe, expect, it } from 'vitest'
import { toCurrentSchema, toOlderSql } from './older-schema.ts'

describe('a schema for an earlier Prisma', () => {
  it('loses its connection settings and keeps its lines', () => {
    const schema = [
      'datasource db {',
      '  provider  = "postgresql"',
      '  url       = env("DATABASE_URL")',
      '  directUrl = env("DIRECT_URL")',
      '  extensions = [citext]',
      '}',
      'model Link {',
      '  url String @id',
      '}',
    ]
    const lines = toCurrentSchema(schema.join('\n')).split('\n')
    expect(lines).toHaveLength(schema.length)
    expect(lines.filter((line) => line.trim() !== '')).toEqual(
      schema.filter((line) => !line.includes('env(')),
    )
  })

  it.for([
    ['["metrics", "postgresqlExtensions"]', '["postgresqlExtensions"]'],
    ['["driverAdapters"]', '[]'],
    ['[\n    "tracing",\n    "views"\n  ]', '["views"]\n\n\n'],
  ])('keeps of the preview features %s only %s', ([written, kept]) => {
    const generator = (features: string) =>
      `generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ${features}\n}`
    expect(toCurrentSchema(generator(written ?? ''))).toBe(generator(kept ?? ''))
  })
})

const relation = `CREATE TABLE "app"."_TagToTrip" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_TagToTrip_AB_pkey" PRIMARY KEY ("A","B")
);
`

it('gives the table of a relation a unique index up to Prisma 5, and its primary key from 6 on', () => {
  expect(toOlderSql(relation, '6.0.0')).toBe(relation)
  expect(toOlderSql(relation, '5.22.0')).toBe(`CREATE TABLE "app"."_TagToTrip" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL);

CREATE UNIQUE INDEX "_TagToTrip_AB_unique" ON "app"."_TagToTrip"("A", "B");
`)
})
