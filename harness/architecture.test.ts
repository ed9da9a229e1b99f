import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { expect, it } from 'vitest'

const levels: Readonly<Record<string, number>> = {
  model: 0,
  ground: 1,
  postgres: 2,
  snapshot: 2,
  capture: 2,
  tool: 2,
  inspect: 2,
  judge: 2,
  contract: 2,
  precondition: 2,
  rehearse: 2,
  target: 2,
  proof: 2,
  stories: 3,
  vitest: 4,
  cli: 5,
}
const harness = import.meta.dirname
const pure = new Set(['model', 'judge', 'proof'])

interface Import {
  readonly file: string
  readonly room: string
  readonly specifier: string
}

const imports: readonly Import[] = readdirSync(harness, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file.includes(sep))
  // What tests share may know every room; the rest may not know it.
  .filter((file) => !file.startsWith(`testing${sep}`))
  .flatMap((file) => {
    const text = readFileSync(join(harness, file), 'utf8')
    const room = file.split(sep)[0] ?? ''
    return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier = '']) => ({
      file,
      room,
      specifier,
    }))
  })

it('knows every room', () => {
  expect([...new Set(imports.map(({ room }) => room))].filter((room) => !(room in levels))).toEqual([])
})

it('imports only its own room or a lower level', () => {
  const wrong = imports.flatMap(({ file, room, specifier }) => {
    if (!specifier.startsWith('.')) return []
    const target = relative(harness, resolve(join(harness, dirname(file)), specifier)).split(sep)[0] ?? ''
    const own = levels[room] ?? 0
    const other = levels[target]
    if (target === room || (other !== undefined && other < own)) return []
    return [
      `${file} imports ${specifier}: ${room} (level ${own}) may not know ${target}. Put a small port into model/ports.ts and let a story pass it in.`,
    ]
  })
  expect(wrong).toEqual([])
})

it('keeps model, judge and proof free of input and output', () => {
  const wrong = imports
    .filter(({ room, specifier }) => pure.has(room) && /^(node:(?!crypto)|pg$|vitest)/.test(specifier))
    .map(({ file, specifier }) => `${file} imports ${specifier}`)
  expect(wrong).toEqual([])
})

it('names no migration tool outside tool/', () => {
  const naming = readdirSync(harness, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|sql)$/.test(file) && !file.includes('.test.'))
    .filter((file) => !file.startsWith(`tool${sep}`) && !file.startsWith(`testing${sep}`))
    .flatMap((file) =>
      [...readFileSync(join(harness, file), 'utf8').matchAll(/.*(?:prisma|drizzle|\bP[13]\d{3}\b).*/gi)].map(
        ([line]) =>
          `${file}: ${line.trim()}. What a tool is called, where it keeps its history and how it words its advice comes from the port in model/tool.ts.`,
      ),
    )
  expect(naming).toEqual([])
})

it('ends the process in cli/main.ts only', () => {
  const ending = readdirSync(harness, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.startsWith('testing'))
    .filter((file) => readFileSync(join(harness, file), 'utf8').includes('process.exit('))
  expect(ending).toEqual([join('cli', 'main.ts')])
})

/** What only few files may do, and which. Whoever rids one of them of it deletes its line. */
const keptApart: readonly {
  readonly what: string
  readonly pattern: RegExp
  readonly wayOut: string
  readonly by: readonly string[]
}[] = [
  {
    what: 'asks where it is',
    pattern: /process\.cwd\(\)/,
    wayOut: 'Take the root of the project as an argument; the command line finds it.',
    by: ['cli/'],
  },
  {
    what: 'writes a global',
    pattern: /globalThis/,
    wayOut: "Hand the value on as an argument, or by Vitest's provide and inject.",
    by: [
      // The engine, compiled to WebAssembly, looks for its panic handler there.
      'load-schema-engine.ts',
    ],
  },
  {
    what: 'reads the environment',
    pattern: /process\.env\b/,
    wayOut: 'Read it once in cli/ and hand the value on.',
    by: [
      'cli/',
      // Programs that are started inherit the environment, or a part of it.
      'capture/source/pg-dump.ts',
      'ground/client-programs.ts',
      'rehearse/backup-means.ts',
      'contract/start-command.ts',
      'ground/process-identity.ts',
      // Edges of their own: the public way to a server, the container of client programs, the key of a mask, the set-ups of Vitest.
      'postgres/start-postgres.ts',
      'postgres/container/client-container.ts',
      'stories/read-mask-key.ts',
      'stories/read-commit.ts',
      'tool/prisma/read-config.ts',
      'vitest/database-setup.ts',
      'vitest/phaseproof-project.ts',
      'vitest/line-progress.ts',
      'vitest/proof-reporter.ts',
      'vitest/run-options.ts',
      'vitest/run-tests.ts',
      // A plain `vitest` has no command line of ours that could hand the environment of the servers on.
      'vitest/observe-scenario.ts',
    ],
  },
  {
    what: 'opens a connection of its own',
    pattern: /new (pg\.)?(Client|Pool)\(/,
    wayOut: 'Use withClient or openClient of ground/with-client.ts.',
    by: [
      'ground/with-client.ts',
      // Its pool keeps a few connections for as long as the server is used.
      'postgres/databases.ts',
      // A replay has to notice by itself that its connection broke, and to end a session that waits for a lock.
      'replay-session.ts',
      'database-for-test.ts',
    ],
  },
]

it.each(keptApart)('$what only where that is said', ({ what, pattern, wayOut, by }) => {
  const wrong = readdirSync(harness, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(sep, '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing/'))
    .filter((file) => !by.some((entry) => file.startsWith(entry) || file.endsWith(`/${entry}`)))
    .filter((file) => pattern.test(withoutComments(readFileSync(join(harness, file), 'utf8'))))
    .map((file) => `${file} ${what}. ${wayOut}`)
  expect(wrong).toEqual([])
})

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}
