import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FoldedText, foldText, toFoldedText } from './fold.ts'
import { type OutputTable, readChunks } from './output-table.ts'
import { isNull, readCopyLines, toFields, toFieldText } from './read-copy-lines.ts'
import type { Found, ValueIndex } from './value-index.ts'

/** Receives each value found with its table and column (null for a schema file) and where it is. */
export type FoundInOutput = (
  place: { readonly table: OutputTable; readonly column: number } | null,
  file: string,
  line: number,
  origin: number,
  flags: number,
) => void

/** Searches every column of every row, and the snapshot's other texts, for the values of an index. */
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

  /** Searches the text as it is, and again as it reads once its escapes are resolved. */
  text(text: string, found: Found): void {
    for (const view of toViews(text)) {
      foldText(view, this.folded)
      this.index.search(this.folded, found)
    }
  }
}

/**
 * A text, the text behind its escapes (JSON, arrays, percent signs of links, XML entities), and the text that
 * hexadecimal digits spell (bytea).
 */
function toViews(text: string): readonly string[] {
  const views = [text]
  if (text.includes('\\')) {
    views.push(readEscapes(text))
    if (HEX.test(text)) {
      views.push(
        text.replace(ALL_HEX, (_, digits: string) => ` ${Buffer.from(digits, 'hex').toString('utf8')} `),
      )
    }
  }
  if (text.includes('%') && /%[0-9a-f]{2}/i.test(text)) {
    views.push(
      text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
        Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
      ),
    )
  }
  if (ENTITY.test(text)) views.push(text.replace(ALL_ENTITIES, readEntity))
  return views
}

/** A bytea value by itself, or inside an array, a composite or a document, which double its backslash. */
const HEX = /\\x(?:[0-9a-f]{2}){2}/i
const ALL_HEX = /\\+x((?:[0-9a-f]{2})+)/gi

const ENTITY = /&(?:#\d+|#x[0-9a-f]+|[a-z]+);/i
const ALL_ENTITIES =
  /&(?:#(\d+)|#x([0-9a-f]+)|([a-z])(?:acute|grave|uml|circ|tilde|cedil|ring|slash|caron)|[a-z]+);/gi

/**
 * The letter of an entity for an accented letter. Other named entities are signs, which a search leaves out anyway.
 */
function readEntity(_: string, decimal?: string, hex?: string, letter?: string): string {
  if (decimal === undefined && hex === undefined) return letter ?? ' '
  const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' '
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
