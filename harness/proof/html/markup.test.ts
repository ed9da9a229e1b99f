import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { html, trusted } from './markup.ts'

const folder = import.meta.dirname

describe('a template of HTML', () => {
  it.each([
    ['a tag', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['quotes that would end an attribute', `" onload='x' \``, '&quot; onload=&#39;x&#39; &#96;'],
    ['an entity', '&lt;', '&amp;lt;'],
    ['a character that turns the direction of text', 'a\u202Eb', 'a⟨U+202E⟩b'],
    ['a password', 'postgres://app:s3cret@db.example.test/shop', 'postgres://app:***@db.example.test/shop'],
    ['half a character', 'a\uD800b', 'a⟨U+D800⟩b'],
    ['a byte that ends text elsewhere', 'a\u0000b', 'a⟨U+0000⟩b'],
    ['letters of any script, and a character of two halves', 'Übung 表 🙂', 'Übung 表 🙂'],
  ])('shows %s as text', (_what, text, shown) => {
    expect(String(html`<p title="${text}">${[text]}</p>`)).toBe(`<p title="${shown}">${shown}</p>`)
  })

  it('leaves markup as it is, joins lists and leaves out what is not there', () => {
    const parts = [html`<b>${1}</b>`, null, undefined, false, '<'] as const
    expect(String(html`<p>${parts}</p>`)).toBe('<p><b>1</b>&lt;</p>')
  })

  it('takes an object that only looks like markup for text', () => {
    const forged = { toString: () => '<script>' } as unknown as string
    expect(String(html`${[forged].map(String)}`)).toBe('&lt;script&gt;')
  })

  it('does not interpret escapes that stand in a text', () => {
    expect(String(html`<p>${'\\n$&'}</p>`)).toBe('<p>\\n$&amp;</p>')
  })
})

describe('the sources of the page', () => {
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const)

  it('put no value into an attribute without quotes, where escaping would not hold', () => {
    const wrong = sources.filter(([, text]) => /<[^>`]*\s[\w-]+=\$\{/.test(text)).map(([file]) => file)
    expect(wrong).toEqual([])
    expect(['<a href=$', '{x}>'].join('')).toMatch(/<[^>`]*\s[\w-]+=\$\{/)
  })

  it('trust only the style, the script and the policy of the page itself', () => {
    const trusting = sources.flatMap(([, text]) =>
      [...text.matchAll(/trusted\((\w+)\)/g)].map(([, of]) => of),
    )
    expect(trusting).toEqual(['POLICY', 'PAGE_STYLE', 'PAGE_SCRIPT'])
    expect(String(html`${trusted('<i>')}`)).toBe('<i>')
  })

  it('style nothing within an element and handle no event there: the policy of the page forbids both', () => {
    const wrong = sources.filter(([, text]) => /<[^>`]*\s(style|on\w+)="/.test(text)).map(([file]) => file)
    expect(wrong).toEqual([])
  })
})
