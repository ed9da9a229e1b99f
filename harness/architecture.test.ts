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
  replay: 2.5,
  inspect: 2,
  judge: 2,
  contract: 2,
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

it('ends the process in cli/main.ts only', () => {
  const ending = readdirSync(harness, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.startsWith('testing'))
    .filter((file) => readFileSync(join(harness, file), 'utf8').includes('process.exit('))
  expect(ending).toEqual([join('cli', 'main.ts')])
})
