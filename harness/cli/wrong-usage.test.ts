import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runPhaseproof } from '../testing/run-phaseproof.ts'

let project = ''
let empty = ''

const phase = `{ id: 1, name: '01-first', title: 'First', migrations: ['20260101000000_first'], dependsOn: [], changes: ['a'], expect: [{ kind: 'values-kept' }] }`
const plan = (name: string, migrations: string) =>
  `export default { name: '${name}', snapshot: null, migrations: '${migrations}', tool: { name: 'prisma', version: '7.10.0' }, phases: [${phase}] }`
const scenarios: Readonly<Record<string, string>> = {
  shapeless: `export default { name: 'shapeless', phases: [${phase}, undefined] }`,
  throws: `throw new Error('no plan\\nbut two lines')`,
  unparsed: `export default { name: 'unparsed', phases: [ }`,
  silent: 'export const scenario = 1',
  needy: `import 'a-package-that-nobody-installed'\nexport default 1`,
  folderless: plan('folderless', 'migrations/nowhere'),
  sound: plan('sound', 'migrations/sound'),
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'phaseproof-usage-'))
  empty = mkdtempSync(join(tmpdir(), 'phaseproof-usage-'))
  mkdirSync(join(project, 'migrations', 'sound', '20260101000000_first'), { recursive: true })
  const file = join(project, 'migrations', 'sound', '20260101000000_first', 'migration.sql')
  writeFileSync(file, 'CREATE TABLE a (id integer PRIMARY KEY);')
  mkdirSync(join(project, 'docs', 'deep'), { recursive: true })
  for (const [name, text] of Object.entries(scenarios)) {
    mkdirSync(join(project, 'scenarios', name), { recursive: true })
    writeFileSync(join(project, 'scenarios', name, 'scenario.ts'), text)
  }
})
afterAll(() => {
  for (const folder of [project, empty]) rmSync(folder, { recursive: true, force: true })
})

const prove = (scenario: string, upTo = '1') => [
  'prove',
  upTo,
  '--scenario',
  scenario,
  '--postgres',
  'embedded',
]

describe('a wrong call ends with 2 and says in two lines what and what to do', () => {
  it.concurrent.for<[string, readonly string[], RegExp]>([
    ['an unknown command', ['porve', '1'], /unknown command 'porve'.*\n.*Did you mean prove\?/i],
    ['an unknown option', ['prove', '1', '--bogus'], /unknown option '--bogus'/i],
    ['no phase', ['prove'], /missing required argument 'phase'/i],
    ['a phase that is no number', ['prove', 'four'], /number of a phase/],
    ['an unknown scenario', prove('nope'), /There is no scenario nope/],
    ['a signature without a key', ['sign', 'phase-1.json'], /one key to sign with.*\n.*--key-env/],
    [
      'a key that is missing',
      ['verify-proof', 'phase-1.json', '--key', 'no.pub.pem'],
      /no\.pub\.pem: ENOENT/,
    ],
    ['a stage without a folder', ['stage', '1'], /the folder to make/],
    ['a check of what was never staged', ['stage', '--check', '.'], /Nothing was staged in/],
    ['no scenario named where there are several', ['prove', '1'], /No scenario was named.*\n.*--scenario/],
    ['a scenario that throws', prove('throws'), /scenario throws .*: no plan/],
    ['a scenario with a syntax error', prove('unparsed'), /scenario unparsed .*scenario\.ts/],
    ['a scenario that exports nothing', prove('silent'), /has no scenario named silent/],
    ['a package that is not installed', prove('needy'), /\nInstall a-package-that-nobody-installed in/],
    ['a migrations folder that is missing', prove('folderless'), /migrations\/nowhere/],
    ['a phase beyond the last', prove('sound', '9'), /has no phase 9/],
    ['an unknown server', [...prove('sound').slice(0, -1), 'mysql'], /choice of Postgres/],
    [
      'a policy that is missing',
      [
        'snapshot',
        'capture',
        '--url',
        'postgres://a@127.0.0.1:1/x',
        '--policy',
        'no.yaml',
        '--out',
        'x',
        '--key-file',
        'none',
      ],
      /none|no\.yaml/,
    ],
    [
      'a source that is no URL',
      ['snapshot', 'classify', '--url', 'nothing', '--out', 'x'],
      /source must be a connection string/,
    ],
    ['a snapshot command that is unknown', ['snapshot', 'take'], /unknown command 'take'/i],
  ])('%s', async ([, args, says]) => {
    const { code, stdout, stderr } = await runPhaseproof(args, () => {}, {}, project)
    expect(stderr).toMatch(says)
    expect(stderr.trim().split('\n')).toHaveLength(2)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  it.concurrent.for<[string, readonly string[], RegExp]>([
    ['', ['prove', '1'], /scenarios has none.*\n.*run from the folder of your project/],
    [
      ', of which all shall be proven',
      ['regression'],
      /there is none.*\n.*run from the folder of your project/,
    ],
  ])('a folder without scenarios%s', async ([, args, says]) => {
    const { code, stderr } = await runPhaseproof(args, () => {}, {}, empty)
    expect(stderr).toMatch(says)
    expect(stderr.trim().split('\n')).toHaveLength(2)
    expect(code).toBe(2)
  })
})

it('finds the project from a folder below it, and keeps what a person names relative to where they stand', async () => {
  const below = join(project, 'docs', 'deep')
  const { stderr } = await runPhaseproof(prove('sound', '9'), () => {}, {}, below)
  expect(stderr).toContain('Scenario sound has no phase 9')
  const described = await runPhaseproof(['snapshot', 'describe', '../nothing'], () => {}, {}, below)
  expect(described.stderr).toContain('nothing')
  expect(described.stderr.trim().split('\n')).toHaveLength(2)
})

it('prints its help without a command, and ends with 2', async () => {
  const { code, stderr } = await runPhaseproof([], () => {}, {}, empty)
  expect(stderr).toContain('Usage: phaseproof')
  expect(code).toBe(2)
})

it('names the phases that JavaScript without types left without their parts', async () => {
  const { code, stderr } = await runPhaseproof(prove('shapeless'), () => {}, {}, project)
  expect(stderr).toContain('the phase at position 2 is missing, not a phase')
  expect(code).toBe(2)
})
