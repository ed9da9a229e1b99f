import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const mostWords = 45
const root = join(import.meta.dirname, '..')
const folders = [
  'harness/model',
  'harness/ground',
  'harness/tool',
  'harness/postgres',
  'harness/snapshot',
  'harness/capture',
  'harness/inspect',
  'harness/judge',
  'harness/contract',
  'harness/testing',
  'bench',
  'scenarios',
]

it('keeps every doc comment short enough to be read once', () => {
  const tooLong = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => listTooLong(join(folder, file))),
  )
  expect(tooLong).toEqual([])
})

function listTooLong(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/\/\*\*(.*?)\*\//gs)].flatMap(({ 1: comment = '', index }) => {
    const words = comment.match(/[^\s*]\S*/g)?.length ?? 0
    const line = text.slice(0, index).split('\n').length
    return words <= mostWords
      ? []
      : [
          `${file}:${line} has ${words} words, more than ${mostWords}. Say what it is, its unit, source and effects; an argument belongs into the function.`,
        ]
  })
}
