import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { describe, expect, inject, it } from 'vitest'
import { withTestDatabase } from '../testing/with-test-database.ts'
import { type CopyValue, toCopyLine } from './copy-text.ts'

const PIECES = [
  '\\',
  '\t',
  '\n',
  '\r',
  '\\N',
  '\\.',
  'NULL',
  '{',
  '}',
  '"',
  "'",
  ',',
  ' ',
  '',
  'é',
  '🚑',
  '\u0001',
  'x7',
  '\\n',
]

/** Texts of awkward pieces, the same on every run. */
function* toAwkwardTexts(seed: number): Generator<string, never> {
  let state = seed
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) % below
  }
  for (;;) yield Array.from({ length: next(7) }, () => PIECES[next(PIECES.length)]).join('')
}

describe('COPY text of random awkward values', () => {
  it('comes back from Postgres as it was', async () => {
    const texts = toAwkwardTexts(2026)
    const text = () => texts.next().value
    const rows = Array.from({ length: 2000 }, (_, id) => ({
      id,
      note: id % 9 === 0 ? null : text(),
      tags: id % 7 === 0 ? null : Array.from({ length: id % 4 }, () => (id % 5 === 0 ? null : text())),
      doc: { [text()]: [text(), null, id, { deep: text() }] },
      flag: id % 3 === 0 ? null : id % 2 === 0,
      at: new Date(Date.UTC(1969 + (id % 90), id % 12, 1, 2, 3, 4, id % 1000)),
      ratio: id / 7,
    }))
    const returned = await withTestDatabase(inject('postgresUrl'), async (connectionString) => {
      const client = new pg.Client({ connectionString })
      await client.connect()
      try {
        await client.query(
          `CREATE TABLE t (id int, note text, tags text[], doc jsonb, flag bool, at timestamptz, ratio float8)`,
        )
        const copy = client.query(copyFrom('COPY t (id, note, tags, doc, flag, at, ratio) FROM STDIN'))
        for (const row of rows) {
          const values: CopyValue[] = [
            row.id,
            row.note,
            row.tags,
            { json: row.doc },
            row.flag,
            row.at,
            row.ratio,
          ]
          copy.write(`${toCopyLine(values)}\n`)
        }
        copy.end()
        await once(copy, 'finish')
        return (await client.query('SELECT * FROM t ORDER BY id')).rows
      } finally {
        await client.end()
      }
    })
    expect(returned).toEqual(rows)
  })
})
