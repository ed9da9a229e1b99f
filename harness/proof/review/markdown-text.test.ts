import MarkdownIt from 'markdown-it'
import { expect, it } from 'vitest'
import { toMarkdownText } from './markdown-text.ts'

const markdown = new MarkdownIt({ html: true, linkify: true })

it.each([
  '<script>alert(1)</script>',
  '<!-- --> <img src=x onerror=alert(1)>',
  '[here](https://example.test) ![x](y)',
  '`code` **bold** _soft_ ~~gone~~ | cell | $math$',
  '# heading',
  '- item',
  '1. item',
  '> quotation',
  '===',
  'https://example.test/a www.example.test',
  'a\n\n## b',
  '&lt;b&gt;',
])('renders as the very text that it was: %j', (text) => {
  const rendered = markdown.render(`x ${toMarkdownText(text)}`)
  const [, inner = ''] = /^<p>x (.*)<\/p>\n$/s.exec(rendered) ?? []
  expect(inner).not.toMatch(/<|\n/)
  const shown = inner
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\u200B', '')
  expect(shown).toBe(text.replaceAll(/\s+/g, ' '))
  // The same text as it is would be markup.
  if (!/^(===|&|https)/.test(text)) expect(markdown.render(text)).not.toBe(`<p>${text}</p>\n`)
})

it('mentions nobody, and refers to no issue', () => {
  expect(toMarkdownText('@somebody #12 GH-12')).not.toMatch(/@\w|#\d|GH-\d/)
})

it('hides a password in a URL, and the direction of text', () => {
  expect(toMarkdownText('postgres://app:s3cret@db.example.test/shop')).not.toContain('s3cret')
  expect(toMarkdownText('a\u202Eb')).toBe('a‹U+202E›b')
})

it('cuts what is longer than a line can be', () => {
  expect(toMarkdownText('x'.repeat(10_000)).length).toBeLessThan(700)
})
