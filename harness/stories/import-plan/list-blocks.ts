/** A piece of a document: a heading, a paragraph, an item of a list, a row of a table, a block of code. */
export interface Block {
  readonly kind: 'heading' | 'text' | 'item' | 'row' | 'code'
  /** 1-based line where it begins. */
  readonly line: number
  /** Level of a heading, 1 to 6; else how many lists it lies in. */
  readonly depth: number
  /** Without marks of emphasis; of code, the code. */
  readonly text: string
  /** What stands in backticks. */
  readonly codes: readonly string[]
  /** The bold words that it begins with, without their colon; null where it begins otherwise. */
  readonly label: string | null
  /** What follows the label; without one, the text. */
  readonly rest: string
  /** An item with a box to tick. */
  readonly hasBox: boolean
  /** Language of a block of code. */
  readonly language: string
  /** Cells of a row, each with the heading of its column. */
  readonly cells: readonly Cell[]
}

/** A cell of a table. */
interface Cell {
  readonly column: string
  readonly text: string
  readonly codes: readonly string[]
}

type Inline = { readonly type: string; readonly content: string }

/** Takes a Markdown document apart, in reading order. Loads the parser when it is called, which no other command needs. */
export async function listBlocks(markdown: string): Promise<readonly Block[]> {
  const { default: MarkdownIt } = await import('markdown-it')
  const blocks: Block[] = []
  const table = { columns: [] as string[], cells: [] as Cell[], isHead: false }
  let lists = 0
  let heading = 0
  let line = 1
  let isFirstOfItem = false
  for (const token of new MarkdownIt({ html: true }).parse(markdown, {})) {
    if (token.map) line = token.map[0] + 1
    const { type, content } = token
    if (/_list_open$/.test(type)) lists++
    else if (/_list_close$/.test(type)) lists--
    else if (type === 'list_item_open') isFirstOfItem = true
    else if (type === 'heading_open') heading = Number(token.tag.slice(1))
    else if (type === 'heading_close') heading = 0
    else if (type === 'thead_open') Object.assign(table, { columns: [], isHead: true })
    else if (type === 'thead_close') table.isHead = false
    else if (type === 'tr_open') table.cells = []
    else if (type === 'tr_close' && !table.isHead)
      blocks.push({ ...toBlock('row', line, lists, []), cells: table.cells })
    else if (type === 'fence' || type === 'code_block')
      blocks.push({
        ...toBlock('code', type === 'fence' ? line + 1 : line, lists, [{ type: 'text', content }]),
        language: token.info.trim().split(/\s/)[0]?.toLowerCase() ?? '',
      })
    else if (type === 'inline') {
      const children: readonly Inline[] = token.children ?? []
      // Only cells are inline without a place of their own.
      if (token.map === null) {
        const { text, codes } = toBlock('text', line, lists, children)
        if (table.isHead) table.columns.push(text)
        else table.cells.push({ column: table.columns[table.cells.length] ?? '', text, codes })
        continue
      }
      for (const part of splitAtLabels(children)) {
        const kind = heading > 0 ? 'heading' : isFirstOfItem ? 'item' : 'text'
        blocks.push(toBlock(kind, line + part.line, heading || lists, part.inlines))
        isFirstOfItem = false
      }
    }
  }
  return blocks
}

/** Lines of one paragraph that begin with bold words, or with a word and a colon, each say something of their own. */
function splitAtLabels(inlines: readonly Inline[]): { line: number; inlines: Inline[] }[] {
  const parts: { line: number; inlines: Inline[] }[] = [{ line: 0, inlines: [] }]
  let line = 0
  inlines.forEach((inline, at) => {
    const isBreak = inline.type === 'softbreak' || inline.type === 'hardbreak'
    if (isBreak) line++
    const next = inlines.slice(at + 1).find(({ type, content }) => type !== 'text' || content !== '')
    const isLabel = next?.type === 'strong_open' || /^\p{Lu}[\p{L} /&-]{1,30}:\s/u.test(next?.content ?? '')
    if (isBreak && isLabel) parts.push({ line, inlines: [] })
    else parts.at(-1)?.inlines.push(inline)
  })
  return parts
}

function toBlock(kind: Block['kind'], line: number, depth: number, inlines: readonly Inline[]): Block {
  const whole = toText(inlines)
  const box = kind === 'item' ? /^\[[ xX]\]\s+/.exec(whole) : null
  const text = box ? whole.slice(box[0].length) : whole
  const bold = toBold(inlines, box !== null)
  const isLabel = bold !== null && (/:$/.test(bold) || /^\s*(?::|$)/.test(text.slice(bold.length)))
  return {
    kind,
    line,
    depth,
    text,
    codes: inlines.filter(({ type }) => type === 'code_inline').map(({ content }) => content.trim()),
    label: isLabel ? bold.replace(/:$/, '').trim() : null,
    rest: isLabel ? text.slice(bold.length).replace(/^\s*:?\s*/, '') : text,
    hasBox: box !== null,
    language: '',
    cells: [],
  }
}

/** The words in bold at the very beginning, behind a box where there is one; null where there are none. */
function toBold(inlines: readonly Inline[], hasBox: boolean): string | null {
  const at = inlines.findIndex(({ type, content }) => type !== 'text' || content.trim() !== '')
  const first = hasBox ? at + 1 : at
  if (inlines[first]?.type !== 'strong_open') return null
  const end = inlines.findIndex(({ type }) => type === 'strong_close')
  return toText(inlines.slice(first, end))
}

function toText(inlines: readonly Inline[]): string {
  const said = inlines.map(({ type, content }) =>
    type === 'softbreak' || type === 'hardbreak' ? ' ' : content,
  )
  return said.join('').trim()
}
