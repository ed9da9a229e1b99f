import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import shop from '../../scenarios/broken/healthy/scenario.ts'
import type { Scenario } from '../model/scenario.ts'
import { readReuseGround } from './reuse-outcomes.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-reuse-ground-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const scenario: Scenario = {
  ...shop,
  name: 'shop',
  server: { command: ['node', 'server.js'], healthPath: '/healthz' },
}

async function tell(): Promise<readonly string[]> {
  const steps: string[] = []
  await readReuseGround(
    { scenario, contracts: true, fresh: false, thorough: false },
    {
      server: { provider: 'embedded', description: 'embedded 17.10', version: { text: '17.10', major: 17 } },
      projectRoot: root,
      cacheFolder: root,
      progress: { step: (text) => void steps.push(text), count() {} },
      env: {},
    },
  )
  return steps
}

it('says nothing about the reuse of contracts where there are none', async () => {
  expect(await tell()).toEqual([])
})

it('says why contracts run each time on a server that is started by a command', async () => {
  const [phase] = scenario.phases
  const folder = join(root, 'scenarios/shop/phases', phase?.name ?? '')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'orders.contract.test.ts'), '')
  expect(await tell()).toEqual([expect.stringContaining('contracts run each time: the server is started by')])
})
