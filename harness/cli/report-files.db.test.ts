import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runPhaseproof } from '../testing/run-phaseproof.ts'
import { makeShopProject, shopPhase } from '../testing/shop-project.ts'

const project = makeShopProject()

beforeAll(() => {
  project.addScenario('shop')
  project.write(
    'vitest.config.ts',
    `import { phaseproofProject } from '${join(import.meta.dirname, '../vitest/phaseproof-project.ts')}'

    const project = phaseproofProject()
    export default {
      test: {
        outputFile: { junit: 'results.xml', json: 'results.json' },
        projects: [{ ...project, test: { ...project.test, globals: true } }],
      },
    }`,
  )
  project.write(
    `scenarios/shop/${shopPhase}/extra.contract.test.ts`,
    'export {}\ntest("reaches its database", () => { throw new Error("refused by postgres://app:s3cret@db.example.test/shop") })',
  )
})

afterAll(() => project.remove())

it.each([
  ['junit', 'results.xml'],
  ['json', 'results.json'],
])('hides passwords in the file that the reporter %s writes', async (reporter, file) => {
  const args = ['prove', '1', '--postgres', 'embedded', '--reporter', reporter]
  const { code } = await runPhaseproof(args, undefined, {}, project.root)
  const text = readFileSync(join(project.root, file), 'utf8')
  expect(text).toContain('reaches its database')
  expect(text).toContain('db.example.test')
  expect(text).not.toContain('s3cret')
  expect(code).toBe(3)
  if (reporter === 'json') expect(JSON.parse(text)).toHaveProperty('numFailedTests')
})
