import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type InventedHistory, inventFleet, inventForum, inventShop } from '../testing/invented-histories.ts'
import { runPhaseproof } from '../testing/run-phaseproof.ts'

const home = dirname(dirname(import.meta.dirname))

/** The repository of a history on disk, with Phaseproof and the history's own version of the tool installed. */
function checkOut({ files, prisma }: InventedHistory): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'phaseproof-history-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const installed =
    prisma === null
      ? {}
      : { 'node_modules/prisma/package.json': `{ "name": "prisma", "version": "${prisma}" }\n` }
  for (const [file, text] of Object.entries({ ...files, ...installed })) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  symlinkSync(home, join(root, 'node_modules', 'phaseproof'))
  if (prisma === null) symlinkSync(join(home, 'node_modules', 'prisma'), join(root, 'node_modules', 'prisma'))
  return root
}

function run(root: string, ...args: readonly string[]) {
  return runPhaseproof(args, undefined, {}, root)
}

it.each([inventShop(), inventForum(), inventFleet()])(
  'takes the repository $name as it is, proves it, and tells the one index that a file leaves out',
  async (history) => {
    const root = checkOut(history)
    const adopted = await run(root, 'init', '--yes', '--no-check')
    expect([adopted.code, adopted.stderr]).toEqual([0, expect.stringContaining('from-empty')])
    const prove = (...flags: readonly string[]) =>
      run(
        root,
        ...['prove', 'all', '--scenario', 'from-empty', '--no-contracts', '--postgres', 'embedded'],
        ...flags,
      )
    const whole = await prove()
    expect([whole.code, whole.stderr + whole.stdout]).toEqual([0, expect.stringMatching(/ PROVEN /)])
    const recipes = readFileSync(join(root, 'reports', 'from-empty', 'phase-1.recipes.md'), 'utf8')
    // Newer versions of the tool commit each statement, so what a stop leaves of a file is finished by hand.
    expect(recipes.includes('| psql -v ON_ERROR_STOP=1')).toBe(history.name === 'fleet')
    const { statement, says } = history.omission
    const [file, text] = Object.entries(history.files).find(([, sql]) => sql.includes(statement)) ?? []
    writeFileSync(join(root, file ?? ''), text?.replace(statement, 'SELECT 1;') ?? '')
    const lacking = await prove('--quick')
    expect([lacking.code, lacking.stderr + lacking.stdout]).toEqual([
      1,
      expect.stringMatching(new RegExp(`found +\\w+: index ${says} is missing \\([^;]*\\)\\n`)),
    ])
  },
  240_000,
)
