import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FoldedText, foldText, toFoldedText } from './fold.ts'
import { type OutputTable, readChunks } from './output-table.ts'
import { isNull, readCopyLines, toFields, toFieldText } from './read-copy-lines.ts'
import type { Found, ValueIndex } from './value-index.ts'

/** Told of each value found: which table and column (null for a schema file), and where. */
export type FoundInOutput = (
  place: { readonly table: OutputTable; readonly column: number } | null,
  file: string,
  line: number,
  origin: number,
  flags: number,
) => void

/** Searches every column of every row, and the texts of the snapshot that are no rows, for the values of an index. */
export async function searchOutput(
  folder: string,
  tables: readonly OutputTable[],
  otherFiles: readonly string[],
  index: ValueIndex,
  found: FoundInOutput,
): Promise<void> {
  const search = new Searcher(index)
  for (const table of tables) {
    const { file } = table.table
    let line = 0
    for await (const lines of readCopyLines(readChunks(folder, file))) {
      for (const row of lines) {
        line += 1
        for (const [column, field] of toFields(row).entries()) {
          if (isNull(field)) continue
          search.text(toFieldText(field), (origin, flags) =>
            found({ table, column }, file, line, origin, flags),
          )
        }
      }
    }
  }
  for (const file of otherFiles) {
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n')
    for (const [at, text] of lines.entries()) {
      search.text(text, (origin, flags) => found(null, file, at + 1, origin, flags))
    }
  }
}

class Searcher {
  private readonly folded: FoldedText = toFoldedText()
  private readonly index: ValueIndex

  constructor(index: ValueIndex) {
    this.index = index
  }

  /** The text as it is, and as it reads once what is written in it in another way is read. */
  text(text: string, found: Found): void {
    for (const view of toViews(text)) {
      foldText(view, this.folded)
      this.index.search(this.folded, found)
    }
  }
}

/** A text, what its escapes mean (JSON, arrays, percent signs of links), and what its hexadecimal digits spell (bytea). */
export function toViews(text: string): readonly string[] {
  const views = [text]
  if (text.startsWith('\\x') && /^\\x([0-9a-f]{2})+$/.test(text))
    views.push(Buffer.from(text.slice(2), 'hex').toString('utf8'))
  else if (text.includes('\\')) views.push(readEscapes(text))
  if (text.includes('%') && /%[0-9a-f]{2}/i.test(text)) {
    views.push(
      text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
        Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
      ),
    )
  }
  return views
}

function readEscapes(text: string): string {
  // Twice: a document inside of an array escapes its escapes.
  let read = text
  for (let round = 0; round < 2 && read.includes('\\'); round += 1) {
    read = read.replace(
      /\\(?:u([0-9a-f]{4})|(.))/gis,
      (_, hex: string | undefined, char: string | undefined) => {
        if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
        return char !== undefined && 'bfnrt'.includes(char) ? ' ' : (char ?? '')
      },
    )
  }
  return read
}
