import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withTemporaryFolder } from '../testing/example-source.ts'
import { chooseScenario, listMeantDisproven, listScenarios } from './read-scenario.ts'

it('takes a scenario for one to be proven, unless a report beside it says that it is meant to be disproven', () =>
  withTemporaryFolder(async (root) => {
    const write = (name: string, ...files: readonly string[]) => {
      mkdirSync(join(root, 'scenarios', name), { recursive: true })
      for (const file of files) writeFileSync(join(root, 'scenarios', name, file), '')
    }
    write('shop', 'scenario.ts')
    write('shop-as-written', 'scenario.ts', 'disproven.golden.md')
    write('broken')
    expect(listScenarios(root)).toEqual(['shop'])
    expect(listMeantDisproven(root)).toEqual(['shop-as-written'])
    expect(chooseScenario(root, undefined)).toBe('shop')
  }))
