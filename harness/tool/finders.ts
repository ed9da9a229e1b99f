import type { ProjectFinder } from '../model/tool.ts'
import { readPrismaProject } from './prisma/find-project.ts'
import { toRecordedMigrations } from './prisma/recorded-migrations.ts'

/** By the name of a tool: how its projects are found in a repository. */
export const finders: Readonly<Record<string, ProjectFinder>> = {
  prisma: {
    signs: 'prisma.config.*, package.json#prisma, prisma/schema.prisma',
    findProject: readPrismaProject,
    toRecorded: toRecordedMigrations,
  },
}
