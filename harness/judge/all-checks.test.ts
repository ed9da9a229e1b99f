import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allChecks } from './all-checks.ts'

it('holds one record per kind of expectation, each in the file of that name', () => {
  const files = readdirSync(join(import.meta.dirname, 'checks')).filter((file) => !file.includes('.test.'))
  expect(files.sort()).toEqual(
    Object.keys(allChecks)
      .map((kind) => `${kind}.ts`)
      .sort(),
  )
})
