import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { fetchSource } from '../../ground/fetch-source.ts'
import { parsePolicy } from '../../ground/snapshot-format/parse-policy.ts'
import type { LeakCheck, Policy } from '../../model/policy.ts'
import { silentProgress } from '../../model/ports.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { captureExample, toExamplePolicy } from '../../testing/capture-example.ts'
import { withTemporaryFolder } from '../../testing/example-source.ts'
import { query, withTestDatabase } from '../../testing/with-test-database.ts'
import { comparePolicy } from '../policy/compare-policy.ts'
import { readSource } from '../source/read-source.ts'
import { openSource } from '../source/source-session.ts'
import { proveNoLeak } from './prove-no-leak.ts'

interface Case {
  readonly type: string
  /** As `format_type` prints it, when not as it was written. */
  readonly printed?: string
  /** The raw value, as a literal. */
  readonly raw: string
  /** What a person would look for who planted it. */
  readonly canary: string
  /** The rule that treats it; null where there is none that knows the type. */
  readonly rule?: object
}

const NAME = { rule: 'name', part: 'full' }
const SHIFT = { rule: 'date-shift' }
const SURROGATE = { rule: 'surrogate', class: 'type' }

/** One column of each sort of type, with a value planted in it. */
const CASES: Readonly<Record<string, Case>> = {
  text: { type: 'text', raw: 'Marlies Vandenbrook', canary: 'marlies.vandenbrook', rule: NAME },
  varchar: { type: 'character varying(40)', raw: 'Tobias Okonkwo', canary: 'OKONKWO', rule: NAME },
  char: { type: 'character(20)', raw: 'Priscilla Yanovich', canary: 'Yanovich', rule: NAME },
  name: { type: 'name', raw: 'Hendrikje Oosterhuis', canary: 'oosterhuis', rule: NAME },
  domain: {
    type: 'public.tag',
    raw: 'TAG-7719-4402',
    canary: '77194402',
    rule: { ...SURROGATE, prefix: 'TAG-' },
  },
  json: {
    type: 'json',
    raw: '{"who": "Jos\\u00e9 \\u00d1\\u00edguez"}',
    canary: 'jose niguez',
    rule: { rule: 'json', paths: { '$.who': NAME } },
  },
  jsonb: {
    type: 'jsonb',
    raw: '{"who": ["Anneke \\"Q\\" Fitzwilliam"]}',
    canary: 'Anneke Q Fitzwilliam',
    rule: { rule: 'json', paths: { '$.who[]': NAME } },
  },
  key: {
    type: 'jsonb',
    raw: '{"Ottoline Abernethy": 1}',
    canary: 'ottolineabernethy',
    rule: { rule: 'json', paths: { $: { rule: 'constant', value: '{}' } } },
  },
  texts: { type: 'text[]', raw: '{"Wilhelmina Strand",NULL}', canary: 'wilhelmina strand', rule: NAME },
  grid: { type: 'text[]', raw: '{{"Cordelia Brandt",x},{y,z}}', canary: 'CordeliaBrandt', rule: NAME },
  bytea: {
    type: 'bytea',
    raw: `\\x${Buffer.from('Leopold Winterbourne').toString('hex')}`,
    canary: 'winterbourne',
  },
  byteas: {
    type: 'bytea[]',
    raw: `{"\\\\x${Buffer.from('Ludmila Castellanos').toString('hex')}"}`,
    canary: 'castellanos',
  },
  pair: { type: 'public.pair', raw: '("Ferdinand Ashgrove",7)', canary: 'Ferdinand Ashgrove' },
  pairs: {
    type: 'public.pair[]',
    raw: '{"(\\"Rosamund \\"\\"R\\"\\" Peverell\\",7)"}',
    canary: 'Rosamund R Peverell',
  },
  hstore: {
    type: 'text',
    raw: '"name"=>"Gwendolyn Thackeray", "x"=>"1"',
    canary: 'Thackeray',
    rule: { rule: 'free-text' },
  },
  words: { type: 'public.words', raw: '["Isadora Quilliam",zz)', canary: 'isadoraquilliam' },
  mood: {
    type: 'public.mood',
    raw: 'Barnaby Featherstone',
    canary: 'Featherstone',
    rule: { rule: 'enum', values: ['calm'], otherwise: 'calm', because: 'test' },
  },
  vector: { type: 'tsvector', raw: `'evangeline':1 'hawthornewood':2`, canary: 'hawthornewood' },
  query: { type: 'tsquery', raw: `'penhaligonsson' & 'xylograph'`, canary: 'penhaligon' },
  xml: {
    type: 'xml',
    raw: '<a b="Dunsany &amp; Marchbanks">Th&#233;o</a>',
    canary: 'Dunsany & Marchbanks',
    rule: { rule: 'free-text' },
  },
  inet: { type: 'inet', raw: '81.174.22.193', canary: '81.174.22.193', rule: { rule: 'ip' } },
  cidr: { type: 'cidr', raw: '81.174.23.0/24', canary: '81.174.23.0/24', rule: { rule: 'ip' } },
  mac: { type: 'macaddr', raw: '08:00:2b:7e:91:c4', canary: '08002b-7e91c4' },
  mac8: { type: 'macaddr8', raw: '08:00:2b:ff:fe:7e:91:c5', canary: '08002bfffe7e91c5' },
  uuid: {
    type: 'uuid',
    raw: '4b1f7c9e-55aa-4f0e-9d3b-7c2e1a90b8d7',
    canary: '4B1F7C9E55AA4F0E9D3B7C2E1A90B8D7',
    rule: SURROGATE,
  },
  bits: { type: 'bit(16)', raw: '1011001110001101', canary: '1011001110001101' },
  varbit: { type: 'bit varying', raw: '110101001011101', canary: '110101001011101' },
  int: { type: 'integer', raw: '748120933', canary: '748-120-933', rule: SURROGATE },
  big: { type: 'bigint', raw: '74812093311', canary: '7481 2093311', rule: SURROGATE },
  numeric: { type: 'numeric(12,2)', raw: '8812345.67', canary: '8812345.67' },
  money: { type: 'money', raw: '$7,712,345.10', canary: '7712345.10' },
  real: {
    type: 'double precision',
    raw: '42.9631457',
    canary: '42.9631457',
    rule: { rule: 'coordinate', axis: 'latitude' },
  },
  point: {
    type: 'point',
    raw: '(-85.6712345,42.9612345)',
    canary: '85.6712345',
    rule: { rule: 'coordinate', axis: 'latitude' },
  },
  date: { type: 'date', raw: '1957-03-14', canary: '1957-03-14', rule: SHIFT },
  time: { type: 'time', printed: 'time without time zone', raw: '09:25:41.517', canary: '092541517' },
  stamp: {
    type: 'timestamp without time zone',
    raw: '2024-03-14 08:15:31.417',
    canary: '2024-03-14T08:15:31.417',
    rule: SHIFT,
  },
  zoned: {
    type: 'timestamp with time zone',
    raw: '2024-03-15 08:15:31.418+00',
    canary: '2024-03-15T08:15:31.418',
    rule: SHIFT,
  },
  span: {
    type: 'tstzrange',
    raw: '["2024-03-16 08:15:31.419+00",)',
    canary: '20240316 081531419',
    rule: SHIFT,
  },
  spans: {
    type: 'tstzmultirange',
    raw: '{["2024-03-17 08:15:31.420+00",)}',
    canary: '2024-03-17 08:15:31.42',
    rule: SHIFT,
  },
  interval: { type: 'interval', raw: '4411 days 08:15:31.421', canary: '4411 days 08:15:31.421' },
  ints: { type: 'int4range', raw: '[55512301,55512309)', canary: '55512301' },
  lsn: { type: 'pg_lsn', raw: '16/B374D848', canary: '16/B374D848' },
  oid: { type: 'oid', raw: '3294967295', canary: '3294967295' },
}
const NAMES = Object.keys(CASES)
const KEEP = { rule: 'keep', because: 'test' }
const NULL = { rule: 'null' }

const SCHEMA = `
  CREATE DOMAIN tag AS varchar(20) CHECK (VALUE ~ '^TAG-');
  CREATE TYPE pair AS (first text, second integer);
  CREATE TYPE words AS RANGE (SUBTYPE = text);
  CREATE TYPE mood AS ENUM ('calm', 'Barnaby Featherstone');
  CREATE TABLE every (id integer PRIMARY KEY, remark text, ${NAMES.map((name) => `"${name}" ${CASES[name]?.type}`).join(', ')});`

function toPolicy(toRule: (name: string) => object): string {
  const columns = NAMES.map((name) => {
    const { type, printed = type } = CASES[name] as Case
    return [name, { type: printed, ...toRule(name) }]
  })
  const own = { id: { type: 'integer', ...KEEP }, remark: { type: 'text', ...KEEP } }
  const subject = { kind: 'every', column: 'id' }
  return toExamplePolicy({ 'public.every': { subject, columns: { ...own, ...Object.fromEntries(columns) } } })
}
const MASKED = toPolicy((name) => CASES[name]?.rule ?? NULL)

function parse(text: string): Policy {
  const parsed = parsePolicy(text)
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  return parsed.policy
}

async function withSource(body: (url: string, parent: string, prove: Prove) => Promise<void>): Promise<void> {
  await withTestDatabase(inject('postgresUrl'), async (url) => {
    await query(url, SCHEMA)
    const columns = NAMES.map((name) => `"${name}"`).join(', ')
    const values = NAMES.map((_, at) => `$${at + 1}`).join(', ')
    await query(
      url,
      `INSERT INTO every (id, remark, ${columns}) VALUES (1, 'nothing', ${values})`,
      NAMES.map((name) => CASES[name]?.raw),
    )
    await withTemporaryFolder((parent) => withProver(url, (prove) => body(url, parent, prove)))
  })
}

type Prove = (snapshot: Snapshot, canaries?: readonly string[]) => Promise<readonly LeakCheck[]>

/** Makes leak proofs of folders beside their source; with canaries, of the folder alone. */
async function withProver(url: string, body: (prove: Prove) => Promise<void>): Promise<void> {
  const sessions = await openSource({ url, statementTimeoutMs: 0, lockTimeoutMs: 1000 }, 'the source')
  try {
    const source = readSource(sessions, await fetchSource(sessions.first, 'the source'))
    await body(({ folder, manifest }, canaries) => {
      const subject = { folder, tables: manifest.tables, policy: parse(MASKED) }
      const options = { progress: silentProgress, mostValues: 1000 }
      return canaries
        ? proveNoLeak(subject, null, { ...options, canaries })
        : proveNoLeak(subject, source, options)
    })
  } finally {
    await sessions.close()
  }
}

const found = (checks: readonly LeakCheck[]) => checks.flatMap((check) => check.found)
const path = ({ folder, manifest }: Snapshot) => join(folder, manifest.tables[0]?.file ?? '')
const readFields = async (snapshot: Snapshot) =>
  (await readFile(path(snapshot), 'utf8')).trimEnd().split('\t')
const writeFields = (snapshot: Snapshot, fields: readonly string[]) =>
  writeFile(path(snapshot), `${fields.join('\t')}\n`)

describe('a value of every type', () => {
  it('that was masked leaves nothing to be found; with one rule switched off the proof fails, and where is told', async () => {
    await withSource(async (url, parent, prove) => {
      const raw = await captureExample(
        url,
        join(parent, 'raw'),
        toPolicy(() => KEEP),
      )
      const masked = await captureExample(url, join(parent, 'masked'), MASKED)
      expect(found(await prove(masked))).toEqual([])
      const [kept, good] = [await readFields(raw), await readFields(masked)]
      const { columns } = masked.manifest.tables[0] as { columns: readonly string[] }
      const unseen: string[] = []
      for (const name of NAMES) {
        const place = columns.indexOf(name)
        await writeFields(masked, good.with(place, kept[place] as string))
        const faults = found(await prove(masked))
        if (!faults.some((text) => text.includes(`public.every.${name} `))) unseen.push(name)
        expect(faults.join()).not.toContain(CASES[name]?.raw)
      }
      expect(unseen).toEqual([])
    })
  })

  it('is found in another column, as Postgres prints it and as a person writes it', async () => {
    await withSource(async (url, parent, prove) => {
      const masked = await captureExample(url, join(parent, 'masked'), MASKED)
      const good = await readFields(masked)
      const kept = await readFields(
        await captureExample(
          url,
          join(parent, 'raw'),
          toPolicy(() => KEEP),
        ),
      )
      const unseen: string[] = []
      for (const [at, name] of NAMES.entries()) {
        // Among other words, and in the escapes that COPY needs.
        await writeFields(masked, good.with(1, `see ${kept[at + 2]} there`))
        if (!found(await prove(masked)).some((text) => text.includes('stands in public.every.remark')))
          unseen.push(name)
      }
      expect(unseen).toEqual(NOT_LOOKED_FOR)
    })
  })

  it('is found as a canary, whatever it stands in', async () => {
    await withSource(async (url, parent, prove) => {
      const raw = await captureExample(
        url,
        join(parent, 'raw'),
        toPolicy(() => KEEP),
      )
      const unseen: string[] = []
      for (const name of NAMES) {
        const canaries = [CASES[name]?.canary as string]
        const where = found((await prove(raw, canaries)).filter((check) => check.name === 'canaries'))
        if (!where.some((text) => text.includes(`public.every.${name}`))) unseen.push(name)
      }
      expect(unseen).toEqual([])
    })
  })
})

/**
 * Rest on the form that their rule leaves: keys of documents are no values, labels of an enum stand in the schema, and whole days look
 * like others.
 */
const NOT_LOOKED_FOR = ['key', 'mood', 'date']

describe('a rule that cannot write a type', () => {
  it('is refused with the reason', async () => {
    await withSource(async (url) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        await client.query(`SET search_path = ''`)
        const source = await fetchSource(client, 'the source')
        const texts = ['text', 'varchar', 'char', 'name', 'domain', 'texts', 'grid', 'hstore', 'xml']
        const dates = ['date', 'stamp', 'zoned', 'span', 'spans']
        const documents = ['json', 'jsonb', 'key']
        const numbers = ['int', 'big']
        const fits: Readonly<Record<string, readonly string[]>> = {
          name: texts,
          phone: texts,
          'free-text': texts,
          zip3: texts,
          'date-shift': [...texts, ...dates],
          year: [...texts, ...dates, ...numbers],
          surrogate: [...texts, ...numbers, 'uuid'],
          ip: [...texts, 'inet', 'cidr'],
          null: NAMES,
        }
        for (const [rule, fitting] of Object.entries(fits)) {
          const more = rule === 'name' ? NAME : rule === 'surrogate' ? SURROGATE : { rule }
          const faults = comparePolicy(parse(toPolicy(() => more)), source, '2026-01-06')
          const refused = NAMES.filter((name) =>
            faults.some((fault) =>
              fault.startsWith(`public.every.${name}: the rule ${rule} cannot write a `),
            ),
          )
          expect([rule, refused]).toEqual([rule, NAMES.filter((name) => !fitting.includes(name))])
        }
        const json = comparePolicy(parse(toPolicy(() => ({ rule: 'json', paths: {} }))), source, '2026-01-06')
        expect(json).toHaveLength(NAMES.length - documents.length)
      } finally {
        await client.end()
      }
    })
  })
})
