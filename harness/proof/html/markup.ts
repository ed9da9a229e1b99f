import { redact } from '../../ground/redact.ts'

/** HTML that may stand in a page as it is. Only `html` and `trusted` make it. */
class Markup {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

export type { Markup }

/** What a template of HTML takes: text is escaped, markup stays, lists are joined, nothing is left out. */
export type Part = Markup | string | number | null | undefined | false | readonly Part[]

/** Makes HTML of a template. Every text put into it is escaped, also within a quoted attribute. Pure. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...parts.map(toText)))
}

/** Takes text of this project, such as its style sheet, as HTML. Never for anything that a scenario or a database says. */
export function trusted(text: string): Markup {
  return new Markup(text)
}

function toText(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (part instanceof Markup) return part.toString()
  if (typeof part === 'object') return part.map(toText).join('')
  return escapeText(String(part))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

function escapeText(text: string): string {
  // What holds a secret does so in any text, so no section has to think of it.
  return redact(text)
    .replaceAll(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')
    .replaceAll(HIDDEN, (character) => `⟨U+${toCode(character)}⟩`)
}

/** Characters that nobody sees or that turn the direction of what follows: shown by their code, a name cannot pose as another. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

function toCode(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
}
