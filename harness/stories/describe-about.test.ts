import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PostgresServer } from '../model/ports.ts'
import type { ProofAbout } from '../model/proof.ts'
import type { Phase, Scenario } from '../model/scenario.ts'
import { describeAbout } from './describe-about.ts'

const toPhase = (id: number, name: string) =>
  ({ id, name, migrations: [], changes: [], expect: [] }) as unknown as Phase
const scenario = {
  name: 'shop',
  server: { module: './server/app.ts' },
  earlierServers: { deployed: { server: { module: './deployed/app.ts' }, until: 2 } },
  contract: { document: './openapi.yaml', sweep: './sweep.ts' },
  phases: [toPhase(1, '01-first'), toPhase(2, '02-second'), toPhase(3, '03-third')],
} as unknown as Scenario
const files = [
  'scenario.ts',
  'openapi.yaml',
  'sweep.ts',
  'flows/order.ts',
  'server/app.ts',
  'server/routes/orders.ts',
  'deployed/app.ts',
  'phases/01-first/orders.contract.test.ts',
  'phases/02-second/orders.contract.test.ts',
  'phases/03-third/orders.contract.test.ts',
]
let projectRoot: string
const pathOf = (file: string) => join(projectRoot, 'scenarios/shop', file)

beforeEach(() => {
  projectRoot = mkdtempSync(join(tmpdir(), 'phaseproof-subject-'))
  for (const file of files) {
    mkdirSync(dirname(pathOf(file)), { recursive: true })
    writeFileSync(pathOf(file), `// ${file}\n`)
  }
})
afterEach(() => rmSync(projectRoot, { recursive: true }))

const describeIt = (of: Scenario = scenario): Promise<ProofAbout> =>
  describeAbout({
    scenario: of,
    upTo: 2,
    tool: {
      rules: { name: 'prisma', version: '7.3.0', order: 'locale en-US', transactionRule: 'one-batch' },
    },
    snapshot: null,
    scaled: null,
    migrations: [],
    server: { version: { text: '17' } } as unknown as PostgresServer,
    projectRoot,
  })

/** Which digests of the subject an edit changes. */
async function changedBy(edit: () => void): Promise<string[]> {
  const before = await describeIt()
  edit()
  const after = await describeIt()
  return Object.keys(before).filter(
    (name) =>
      JSON.stringify(before[name as keyof ProofAbout]) !== JSON.stringify(after[name as keyof ProofAbout]),
  )
}

describe('what a proof of phases 1 and 2 is about', () => {
  it.for([
    ['a contract test', 'phases/01-first/orders.contract.test.ts', ['contract']],
    ['a contract test of the last phase', 'phases/02-second/orders.contract.test.ts', ['contract']],
    ['what contract tests share', 'flows/order.ts', ['contract']],
    ['the document', 'openapi.yaml', ['contract']],
    ['the sweep plan', 'sweep.ts', ['contract']],
    ['the server', 'server/routes/orders.ts', ['server']],
    ['a server that is still deployed', 'deployed/app.ts', ['earlierServers']],
    ['a contract test of a later phase', 'phases/03-third/orders.contract.test.ts', []],
    ['a comment of the scenario', 'scenario.ts', []],
    ['what earlier proofs promised', 'promises.json', []],
  ] as const)('is another after an edit of %s', async ([, file, changed]) => {
    expect(await changedBy(() => appendFileSync(pathOf(file), '// edited\n'))).toEqual(changed)
  })

  it('changes when a contract test is added, or taken away', async () => {
    const added = pathOf('phases/01-first/more.contract.test.ts')
    expect(await changedBy(() => writeFileSync(added, '// more\n'))).toEqual(['contract'])
    expect(await changedBy(() => rmSync(pathOf('phases/02-second/orders.contract.test.ts')))).toEqual([
      'contract',
    ])
  })

  it('changes with a document that lies outside the folder', async () => {
    const outside = { ...scenario, contract: { document: '../shared.yaml' } }
    writeFileSync(pathOf('../shared.yaml'), 'openapi: 3.1.0\n')
    const before = await describeIt(outside)
    appendFileSync(pathOf('../shared.yaml'), 'info: {}\n')
    expect((await describeIt(outside)).contract).not.toBe(before.contract)
  })

  it('is another when an earlier server has to outlive more phases', async () => {
    const longer = { ...scenario, earlierServers: { deployed: { server: { module: './deployed/app.ts' } } } }
    expect((await describeIt(longer)).earlierServers).not.toEqual((await describeIt()).earlierServers)
  })

  it('has no contract without a server, but where contracts speak of the database alone', async () => {
    const { server: _server, ...serverless } = scenario
    expect((await describeIt(serverless)).contract).not.toBeNull()
    for (const phase of ['01-first', '02-second']) rmSync(pathOf(`phases/${phase}/orders.contract.test.ts`))
    expect((await describeIt(serverless)).contract).toBeNull()
  })
})
