import { describe, expect, it } from 'vitest'
import { renderSchemaSql } from './render-schema-sql.ts'

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n'
const toFiles = (content: string) => [{ path: 'schema.prisma', content }]

describe('renderSchemaSql', () => {
  it('writes the tables of a schema without a database', async () => {
    const sql = await renderSchemaSql(
      toFiles(`${datasource}
enum Role {
  ERROR
}
model Driver {
  id    Int      @id @default(autoincrement())
  role  Role
  since DateTime @default(now()) @db.Timestamptz(6)
}
`),
    )
    expect(sql).toContain(`CREATE TYPE "Role" AS ENUM ('ERROR')`)
    expect(sql).toContain('"since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP')
    expect(sql).toContain('CONSTRAINT "Driver_pkey" PRIMARY KEY ("id")')
  })

  it('lists the faults of a schema with their lines', async () => {
    await expect(
      renderSchemaSql(toFiles(`${datasource}model Driver {\n  id Nowhere @id\n}\n`)),
    ).rejects.toMatchObject({
      code: 'usage',
      context: { faults: [expect.stringMatching(/^schema\.prisma line 5: .*"Nowhere"/)] },
    })
  })

  it('puts a schema together from several files, also one for an earlier Prisma', async () => {
    const sql = await renderSchemaSql([
      { path: 'base.prisma', content: datasource.replace('}', '  url = env("DATABASE_URL")\n}') },
      { path: 'models/driver.prisma', content: 'model Driver {\n  id Int @id\n  cars Car[]\n}\n' },
      {
        path: 'models/car.prisma',
        content:
          'model Car {\n  id Int @id\n  driverId Int\n  driver Driver @relation(fields: [driverId], references: [id])\n}\n',
      },
    ])
    expect(sql).toContain('ALTER TABLE "Car" ADD CONSTRAINT "Car_driverId_fkey"')
  })
})
