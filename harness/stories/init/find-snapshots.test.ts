import { expect, it } from 'vitest'
import { findStarts } from './find-snapshots.ts'

it('starts a scenario on each snapshot, with what its history records and the folder holds', async () => {
  const project = {
    tool: 'prisma',
    title: 'Prisma 7.3.0',
    folder: '.',
    foundBy: null,
    schema: 'migrations/tcc/schema.prisma',
    migrations: 'migrations/tcc',
    version: '7.3.0',
  }
  const starts = await findStarts(process.cwd(), project)
  const production = starts.find(({ snapshot }) => snapshot === 'snapshots/tcc-production')
  expect(production).toMatchObject({ name: 'tcc-production' })
  expect(production?.recorded).toContain('20250909152957_enhance_unit_model')
  expect(production?.recorded.every((name) => /^\d{14}_/.test(name))).toBe(true)
})
