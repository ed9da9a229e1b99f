import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runPhaseproof } from '../testing/run-phaseproof.ts'
import { makeShopProject } from '../testing/shop-project.ts'

const project = makeShopProject()
const reports = join(project.root, 'reports', 'shop')
const page = join(reports, 'index.html')
const report = (...args: string[]) => runPhaseproof(['report', ...args], undefined, {}, project.root)

beforeAll(async () => {
  project.addScenario('shop', {
    'scenario.ts': project
      .scenarioText('shop')
      .replace("table: 'orders', exists: true", "table: 'orders', exists: false")
      .replace(/^.*server: .*$/m, ''),
  })
  project.write('scenarios/shop/phases/01-shop/orders.contract.test.ts', '')
  const args = ['prove', '1', '--postgres', 'embedded', '--no-contracts', '--quick']
  const { code, stdout } = await runPhaseproof(args, undefined, {}, project.root)
  expect([code, stdout]).toEqual([1, expect.stringContaining('as a page to read: reports/shop/index.html')])
})

afterAll(() => project.remove())

it('writes the page of the run again from what the run left, the same but for nothing', async () => {
  const first = readFileSync(page, 'utf8')
  expect(first).toContain('DISPROVEN')
  writeFileSync(page, '')
  expect(await report('1')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('reports/shop/index.html'),
  })
  expect(readFileSync(page, 'utf8')).toBe(first)
})

it('prints one thing on standard output, for whatever takes it on', async () => {
  const comment = await report('--pull-request', '--sarif', join(project.root, 'out/found.sarif'))
  expect(comment.stdout).toMatch(/^<!-- phaseproof: shop -->\n/)
  expect(comment.stderr).toContain('DISPROVEN')
  const { runs } = JSON.parse(readFileSync(join(project.root, 'out/found.sarif'), 'utf8'))
  expect(runs[0].results[0].ruleId).toBe('unexpected-table')
  const { stdout } = await report('--annotations')
  expect(stdout).toMatch(/^::error file=scenarios\/shop\/phases\/01-shop\/phase\.ts,line=1,title=[^\n]*\n$/)
})

it('appends to the summary of a job, and refuses where there is none', async () => {
  const file = join(project.root, 'summary.md')
  writeFileSync(file, 'before\n')
  await runPhaseproof(['report', '--summary'], undefined, { GITHUB_STEP_SUMMARY: file }, project.root)
  expect(readFileSync(file, 'utf8')).toMatch(/^before\n<!-- phaseproof: shop -->/)
  const none = await runPhaseproof(
    ['report', '--summary'],
    undefined,
    { GITHUB_STEP_SUMMARY: '' },
    project.root,
  )
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('GITHUB_STEP_SUMMARY is not set')])
})

it('refuses a proof that is not there, two texts at once, and states that are not those of the proof', async () => {
  expect(await report('7')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('found none that can be read'),
  })
  expect(await report('--pull-request', '--annotations')).toMatchObject({ code: 2 })
  const states = join(reports, 'phase-1.states.json')
  writeFileSync(states, readFileSync(states, 'utf8').replace('orders', 'others'))
  const { code, stderr } = await report()
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('not those that the proof names by their digest'),
  ])
})

it('goes when a run begins that is to replace it, however that run ends', async () => {
  project.write('scenarios/shop/scenario.ts', 'export default {}')
  await runPhaseproof(['prove', '1', '--postgres', 'embedded'], undefined, {}, project.root)
  expect(existsSync(page)).toBe(false)
})
