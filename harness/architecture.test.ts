import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { expect, it } from 'vitest'

const levels: Readonly<Record<string, number>> = {
  model: 0,
  postgres: 1,
  snapshot: 1,
  replay: 1,
  inspect: 1,
  judge: 1,
  contract: 1,
  proof: 1,
  stories: 2,
  vitest: 3,
  cli: 4,
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

it('ends the process in cli/main.ts only', () => {
  const ending = readdirSync(harness, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.includes('fixtures'))
    .filter((file) => readFileSync(join(harness, file), 'utf8').includes('process.exit('))
  expect(ending).toEqual([join('cli', 'main.ts')])
})
