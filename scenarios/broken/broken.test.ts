import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSql } from '../../harness/ground/sql/parse-sql.ts'
import { findingKinds } from '../../harness/proof/describe-finding.ts'
import { importBroken, listBroken } from './list-broken.ts'

const pages = join(import.meta.dirname, '..', '..', 'docs', 'findings')
const faulty = listBroken().filter((folder) => !folder.startsWith('healthy'))

describe.for(findingKinds.map((kind) => ({ kind })))('$kind', ({ kind }) => {
  it('has a broken scenario', async () => {
    const ending = await Promise.all(faulty.map(async (folder) => (await importBroken(folder)).finding))
    expect(ending).toContain(kind)
  })

  it('has a page that tells what breaks, how to mend it, and shows both in SQL or code', () => {
    const file = join(pages, `${kind}.md`)
    expect(existsSync(file), `docs/findings/${kind}.md`).toBe(true)
    const page = readFileSync(file, 'utf8')
    const headings = [...page.matchAll(/^##? (.+)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual([kind, 'What breaks', 'How it is recognised', 'How to mend it', 'Example'])
    expect(page.match(/^```(sql|ts)$/gm)?.length).toBeGreaterThanOrEqual(2)
  })

  it('stands in the table of pages', () => {
    expect(readFileSync(join(pages, 'README.md'), 'utf8')).toContain(`[${kind}](${kind}.md)`)
  })
})

describe.for(faulty.map((folder) => ({ folder })))('$folder', ({ folder }) => {
  it('is named for the finding it ends with, and for its folder', async () => {
    const { default: scenario, finding } = await importBroken(folder)
    expect(scenario.name).toBe(`broken/${folder}`)
    expect(folder === finding || folder.startsWith(`${finding}-`)).toBe(true)
  })
})

describe('the pages', () => {
  it('speak of no kind that is gone', () => {
    const written = readdirSync(pages).filter((file) => file !== 'README.md')
    expect(written.sort()).toEqual(findingKinds.map((kind) => `${kind}.md`).sort())
  })

  it('show SQL that Postgres can read', async () => {
    for (const file of readdirSync(pages)) {
      for (const [, sql = ''] of readFileSync(join(pages, file), 'utf8').matchAll(/^```sql\n(.+?)^```$/gms)) {
        expect(await parseSql(sql), `${file}: ${sql}`).not.toBeNull()
      }
    }
  })

  it('lead only to files that are there', () => {
    for (const file of readdirSync(pages)) {
      for (const [, target = ''] of readFileSync(join(pages, file), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)) {
        expect(existsSync(join(pages, target)), `${file} leads to ${target}`).toBe(true)
      }
    }
  })
})
