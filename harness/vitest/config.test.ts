import { describe, expect, it } from 'vitest'
import type { ViteUserConfig, ViteUserConfigExport } from 'vitest/config'
import { phaseproofConfig } from './config.ts'
import { findVitestConfig } from './find-vitest-config.ts'

async function read(own?: ViteUserConfigExport): Promise<ViteUserConfig> {
  const config = phaseproofConfig(own)
  return typeof config === 'function' ? config({ command: 'serve', mode: 'test' }) : config
}
const namesOf = ({ test }: ViteUserConfig) =>
  (test?.projects ?? []).map((project) =>
    typeof project === 'object' && 'test' in project ? project.test?.name : project,
  )

describe('a Vitest configuration', () => {
  it('by itself runs the phases alone', async () => {
    expect(namesOf(await read())).toEqual(['scenario'])
  })

  it('keeps the tests of the one that is handed in, as they were', async () => {
    const config = await read({ test: { include: ['src/**/*.test.ts'], globals: true, exclude: ['old/**'] } })
    expect(namesOf(config)).toEqual(['tests', 'scenario'])
    expect(config.test).toMatchObject({ include: ['src/**/*.test.ts'], globals: true })
    expect(config.test?.projects?.[0]).toMatchObject({
      extends: true,
      test: { exclude: ['old/**', 'scenarios/**/*.contract.test.*'] },
    })
  })

  it('adds to projects that are there', async () => {
    const config = await read(async ({ mode }) => ({ test: { projects: [{ test: { name: mode } }] } }))
    expect(namesOf(config)).toEqual(['test', 'scenario'])
  })

  it('of this repository is the one that the command line takes', () => {
    expect(findVitestConfig(process.cwd())).toBe('vitest.config.ts')
    expect(findVitestConfig(import.meta.dirname)).toBeNull()
  })
})
