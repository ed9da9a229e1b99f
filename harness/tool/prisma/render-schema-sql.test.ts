import { describe, expect, it } from 'vitest'
import { renderSchemaSql } from './render-schema-sql.ts'

const datasource = 'datasource db {\n  provider = "postgresql"\n}\n'

describe('renderSchemaSql', () => {
  it('writes the tables of a schema without a database', async () => {
    const sql = await renderSchemaSql(`${datasource}
enum Role {
  ERROR
}
model Driver {
  id    Int      @id @default(autoincrement())
  role  Role
  since DateTime @default(now()) @db.Timestamptz(6)
}
`)
    expect(sql).toContain(`CREATE TYPE "Role" AS ENUM ('ERROR')`)
    expect(sql).toContain('"since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP')
    expect(sql).toContain('CONSTRAINT "Driver_pkey" PRIMARY KEY ("id")')
  })

  it('lists the faults of a schema with their lines', async () => {
    await expect(renderSchemaSql(`${datasource}model Driver {\n  id Nowhere @id\n}\n`)).rejects.toMatchObject(
      {
        code: 'usage',
        context: { faults: [expect.stringMatching(/^line 5: .*"Nowhere"/)] },
      },
    )
  })
})
