import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { registerGate } from './commands/gate.ts'
import { registerJournal } from './commands/journal.ts'
import { registerProve } from './commands/prove.ts'
import { registerReport } from './commands/report.ts'
import { registerSign } from './commands/sign.ts'
import { registerSnapshot } from './commands/snapshot.ts'
import { registerStage } from './commands/stage.ts'
import { registerVerify } from './commands/verify.ts'

const root = join(import.meta.dirname, '../..')
const workflows = readdirSync(join(root, 'docs/ci')).filter((name) => name.endsWith('.yml'))
const files = ['action.yml', ...workflows.map((name) => `docs/ci/${name}`)]
const read = (file: string): unknown => parse(readFileSync(join(root, file), 'utf8'))
const called: string[] = []
let program: Command

/** Commands as they are, which parse what they are given and then do nothing. */
function quieten(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} })
  command.action(() => {
    called.push(command.name())
  })
  for (const inner of command.commands) quieten(inner)
}

beforeAll(() => {
  program = new Command()
  const registers = [registerGate, registerJournal, registerProve, registerReport, registerSign]
  for (const register of [...registers, registerSnapshot, registerStage, registerVerify])
    register(program, () => {})
  for (const command of program.commands) quieten(command)
})

/** All texts of a parsed file, however deep. */
function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listTexts) : []
}

/** The calls of the command line in a file, as lists of arguments; variables of the shell are a number, as phases are. */
function listCalls(file: string): string[][] {
  return listTexts(read(file))
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => [...line.matchAll(/npx phaseproof ([^>|&]+)/g)].map(([, args = '']) => args))
    .map((args) =>
      args
        .trim()
        .replaceAll('"', '')
        .replaceAll('$POSTGRES', 'embedded')
        .replaceAll(/\$\w+/g, '4')
        .split(/\s+/),
    )
}

describe.each(files)('%s', (file) => {
  it('calls commands and options that there are', async () => {
    const calls = listCalls(file)
    expect(calls.length).toBeGreaterThan(0)
    for (const args of calls) {
      called.length = 0
      await program.parseAsync(args, { from: 'user' })
      expect(called, args.join(' ')).toHaveLength(1)
    }
  })

  it('gives no secret to what a pull request can change', () => {
    const workflow = read(file) as { on?: object; jobs?: object }
    const isForRequests = workflow.on !== undefined && 'pull_request' in workflow.on
    if (isForRequests)
      expect(listTexts(workflow.jobs).filter((text) => text.includes('secrets.'))).toEqual([])
    const jobs = Object.values(workflow.jobs ?? {}) as { environment?: string; steps: unknown }[]
    for (const job of jobs.filter((one) => listTexts(one).some((text) => text.includes('secrets.'))))
      expect(job.environment).toBe('production')
  })
})

it('would see an option that there is not', async () => {
  await expect(program.parseAsync(['gate', '4', '--targets', 'x'], { from: 'user' })).rejects.toThrow(
    '--targets',
  )
})
