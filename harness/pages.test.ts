import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const pages = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
]

it.each(pages)('%s leads only to files that are there', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const targets = [...text.matchAll(/\]\(([^)#:\s]+)[^):]*\)/g)].map(([, target = '']) => target)
  expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([])
})

it('shows in docs/architecture.md every room of the harness, and no file that is not there', () => {
  const text = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8')
  const tree = text.match(/^harness\/$(.+?)^```$/ms)?.[1] ?? ''
  const shown = [...tree.matchAll(/^ {2}(\w+)\//gm)].map(([, room]) => room)
  const rooms = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  expect(shown.sort()).toEqual(rooms.map(({ name }) => name).sort())

  const files = [...text.matchAll(/`([\w./-]+\/[\w.-]+\.ts)`/g)].map(([, file = '']) => file)
  expect(files.length).toBeGreaterThan(10)
  expect(
    files.filter((file) => !existsSync(join(import.meta.dirname, file)) && !existsSync(join(root, file))),
  ).toEqual([])
})

it('gives each word of CONTEXT.md one meaning', () => {
  const text = readFileSync(join(root, 'CONTEXT.md'), 'utf8')
  const words = [...text.matchAll(/(?:^|\. )\*\*([^*]+)\*\*/gm)].map(([, word = '']) => word.toLowerCase())
  expect(words.length).toBeGreaterThan(50)
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
})
