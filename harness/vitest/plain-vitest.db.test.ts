import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proof } from '../model/proof.ts'
import { makeShopProject, shopPhase } from '../testing/shop-project.ts'

const project = makeShopProject()
const extra = `scenarios/shop/${shopPhase}/extra.contract.test.ts`

beforeAll(() => {
  const undo = `DROP TABLE "orders";\nDELETE FROM "_prisma_migrations";\n`
  project.addScenario('shop', { [`${shopPhase}/rollback.sql`]: undo })
  project.write(
    'vitest.config.ts',
    `import { phaseproofProject } from '${join(import.meta.dirname, 'phaseproof-project.ts')}'

    const project = phaseproofProject()
    export default { test: { projects: [{ ...project, test: { ...project.test, globals: true } }] } }`,
  )
})

afterAll(() => project.remove())

/** Vitest as a person calls it, without our command line. */
function runVitest(): Promise<{ readonly code: number; readonly stdout: string }> {
  const { VITEST: _vitest, ...env } = process.env
  const vitest = join(project.root, 'node_modules', 'vitest', 'vitest.mjs')
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [vitest, 'run'],
      {
        cwd: project.root,
        env: { ...env, CI: 'true', NO_COLOR: '1', PHASEPROOF_POSTGRES: 'embedded' },
        maxBuffer: 2 ** 26,
      },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout: stdout + stderr }),
    )
  })
}

describe('vitest without our command line', () => {
  it('proves the scenario of a project that is configured by one function', async () => {
    project.write(extra, 'export {}\ntest("adds up", () => { expect(1).toBe(1) })')
    const { code, stdout } = await runVitest()
    expect(stdout).toContain('PROVEN  shop phases 1 to 1')
    expect(code, stdout).toBe(0)
    const proof = JSON.parse(readFileSync(join(project.root, 'reports/shop/phase-1.json'), 'utf8')) as Proof
    // What lies beside a phase counts as much here as under our command line.
    expect(proof.rehearsals).toContainEqual(
      expect.objectContaining({ experiment: 'rollback', outcome: 'held' }),
    )
  })

  it('cannot judge where a test of its own globals fails', async () => {
    project.write(extra, 'export {}\ntest("adds up", () => { expect(1).toBe(2) })')
    const { code, stdout } = await runVitest()
    expect(stdout).toContain('could not judge phase 1, "adds up" in')
    expect(stdout).toContain('UNDECIDED  shop phases 1 to 1')
    expect(code).toBe(1)
    expect(existsSync(join(project.root, 'reports/shop/phase-1.json'))).toBe(false)
  })

  it('fails when something was left out, though every test that ran has passed', async () => {
    project.write(extra, 'export {}\ntest.todo("adds up")')
    const { code, stdout } = await runVitest()
    expect(stdout).toContain('"adds up" did not run')
    expect(code).toBe(1)
  })
})
