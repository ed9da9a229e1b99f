import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { include: string[] }
const texts = new Map(
  include
    .flatMap((entry) => (entry.endsWith('.ts') ? [entry] : listFiles(entry)))
    .map((file) => [file, readFileSync(join(root, file), 'utf8')]),
)

function listFiles(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file))
}

const EXPORT =
  /^export (?:declare |async |abstract )*(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm
const EVERYTHING_OF = /^export (?:type )?\* from '([^']+)'/gm

/** Files in which each word stands. */
const filesOf = new Map<string, Set<string>>()
for (const [file, text] of texts) {
  for (const [word] of text.matchAll(/\w+/g)) {
    const files = filesOf.get(word) ?? new Set()
    filesOf.set(word, files.add(file))
  }
}

/** Files whose exports all leave the project: what the entry points of the package name, and what these pass on whole. */
function listPublicFiles(): Set<string> {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object }
  const entries = [...JSON.stringify(exports).matchAll(/"\.\/([^"]+\.ts)"/g)].map(([, file = '']) => file)
  const passedOn = entries.flatMap((entry) =>
    [...(texts.get(entry) ?? '').matchAll(EVERYTHING_OF)].map(([, specifier = '']) =>
      relative(root, resolve(root, dirname(entry), specifier)),
    ),
  )
  return new Set([...entries, ...passedOn])
}

it('exports nothing that no other file names', () => {
  const published = listPublicFiles()
  const unnamed = [...texts]
    .filter(([file]) => file.startsWith('harness') && !file.endsWith('.test.ts') && !published.has(file))
    .flatMap(([file, text]) => [...text.matchAll(EXPORT)].map(([, name = '']) => ({ file, name })))
    .filter(({ name }) => (filesOf.get(name)?.size ?? 0) < 2)
    .map(
      ({ file, name }) =>
        `${file} exports ${name}: nothing else names it, so keep it to the file or delete it`,
    )
  expect(unnamed).toEqual([])
})
