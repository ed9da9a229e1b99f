import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeMigrationTool } from '../testing/migration-tool.suite.ts'

describeMigrationTool({
  name: 'prisma',
  versions: ['6.5.0', '7.3.0', '7.10.0'],
  order: (version) =>
    version === '6.5.0'
      ? ['20260317120000_b', '20260317_Init', '20260317_add', '20260318-c', '20260318_d']
      : ['20260317_add', '20260317_Init', '20260317120000_b', '20260318_d', '20260318-c'],
  async write(folder, name, sql) {
    await mkdir(join(folder, name), { recursive: true })
    await writeFile(join(folder, name, 'migration.sql'), sql)
  },
  schema: `datasource db {
  provider = "postgresql"
}
model trip {
  id Int @id
}
`,
})
