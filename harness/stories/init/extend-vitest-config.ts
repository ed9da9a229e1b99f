/**
 * A `vitest.config` with the phases added as a project: its default export handed to \`phaseproofConfig\`, nothing else touched.
 * @returns null when it has no default export that can be handed over; the text itself when it names phaseproof already
 */
export async function extendVitestConfig(file: string, text: string): Promise<string | null> {
  if (/['"]phaseproof\/vitest['"]/.test(text)) return text
  // Loaded here: it costs a quarter of a second, which other commands need not pay.
  const { parseSync } = await import('vite')
  const { program, errors } = parseSync(file, text)
  const statement = program.body.find(({ type }) => type === 'ExportDefaultDeclaration')
  if (errors.length > 0 || statement?.type !== 'ExportDefaultDeclaration') return null
  const { start, end } = statement.declaration
  const wrapped = `${text.slice(0, start)}phaseproofConfig(${text.slice(start, end)})${text.slice(end)}`
  const last = program.body.findLast(({ type }) => type === 'ImportDeclaration')
  const quote = /from "/.test(text) ? '"' : "'"
  const semicolon = /from ['"][^'"]+['"];/.test(text) ? ';' : ''
  const line = `import { phaseproofConfig } from ${quote}phaseproof/vitest${quote}${semicolon}`
  return last ? `${wrapped.slice(0, last.end)}\n${line}${wrapped.slice(last.end)}` : `${line}\n\n${wrapped}`
}
