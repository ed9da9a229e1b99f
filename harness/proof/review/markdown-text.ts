import { redact } from '../../ground/redact.ts'

/** Longer names and sentences are cut: a table or a bullet holds one line. */
const MOST_CHARACTERS = 600

/** Text as one line of GitHub's Markdown: no markup, no link, nobody mentioned, whatever a database or a person wrote. Pure. */
export function toMarkdownText(text: string): string {
  const line = redact(text).replaceAll(/\s+/g, ' ').trim()
  const characters = [...line.slice(0, MOST_CHARACTERS + 1)]
  const short =
    characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS).join('')}…` : line
  return (
    short
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/[\\`*_{}[\]()|~$!]/g, '\\$&')
      .replaceAll(HIDDEN, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase()}›`)
      // GitHub looks for these in what Markdown has become, so escapes do not keep it from linking them.
      .replaceAll(/[@#](?=\S)|(?<=\w:)\/(?=\/)|(?<=\bwww)\.|(?<=\b[Gg][Hh])-(?=\d)/g, '$&\u200B')
      // At the beginning of a line these would begin a list, a quotation or a heading.
      .replace(/^([-+#=]|\d+\.)/, '\u200B$1')
  )
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const HIDDEN = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
