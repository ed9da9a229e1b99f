import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { withClient } from '../../ground/with-client.ts'
import type { GateDecision } from '../../model/gate.ts'
import { renderGate } from '../../proof/gate/render-gate.ts'
import { type GateExample, openGateExample } from '../../testing/gate-example.ts'
import { withPooler } from '../../testing/play-pooler.ts'
import { query } from '../../testing/with-test-database.ts'
import '../../vitest/provided.ts'

let example: GateExample
beforeAll(async () => {
  example = await openGateExample(inject('postgresUrl'), inject('postgresAddress'))
})
afterAll(() => example.close())

const refusedOf = ({ checks }: GateDecision) =>
  checks.filter(({ outcome }) => outcome === 'refused').map(({ kind }) => kind)
const textOf = ({ checks }: GateDecision) =>
  checks.flatMap(({ faults }) => faults.map(({ says }) => says)).join('\n')

type Asked = Parameters<GateExample['ask']>[1]

/** What the gate of phase 2 says of a production with phase 1, after something happened to it. */
function askAfter(sql: string, asked: Asked = {}, applied = 1): Promise<GateDecision> {
  return example.withProduction(applied, async (url) => {
    if (sql !== '') await query(url, sql)
    return example.ask(example.toReader(url), asked)
  })
}

/** A file of the project is another one while `use` runs. */
async function withChanged<T>(
  file: string,
  change: (text: string) => string,
  use: () => Promise<T>,
): Promise<T> {
  const path = join(example.root, file)
  const text = await readFile(path, 'utf8').catch(() => null)
  await writeFile(path, change(text ?? ''))
  try {
    return await use()
  } finally {
    await (text === null ? rm(path) : writeFile(path, text))
  }
}
const proofFile = () => `reports/${example.scenario.name}/phase-3.json`

describe('a gate', () => {
  it('lets a phase pass on a production that is as proven, and writes nothing to it', async () => {
    await example.withProduction(1, async (url) => {
      const state = `SELECT xact_commit - xact_commit AS zero, (SELECT count(*) FROM pg_class)::int AS relations,
        pg_current_xact_id_if_assigned() AS written FROM pg_stat_database WHERE datname = current_database()`
      const before = await query(url, state)
      const decision = await example.ask(example.toReader(url))
      expect(refusedOf(decision), renderGate(decision)).toEqual([])
      expect(decision.isAllowed).toBe(true)
      expect(await query(url, state)).toEqual(before)
    })
  })

  it('takes no count for one that row security makes smaller', async () => {
    const decision = await askAfter(
      `INSERT INTO orders VALUES (1, 'a'), (2, 'a'); ALTER TABLE orders ENABLE ROW LEVEL SECURITY`,
    )
    expect(refusedOf(decision)).toEqual(['effects', 'catalog', 'preconditions'])
    expect(textOf(decision)).toContain('could not be counted: Postgres refused the condition with 42501')
  })

  it('lets the first phase pass on the state that the plan begins with', async () => {
    const decision = await askAfter('', { phase: 1 }, 0)
    expect(refusedOf(decision), renderGate(decision)).toEqual([])
  })

  it.for<[string, string, readonly string[], RegExp]>([
    [
      'a column that was added by hand',
      'ALTER TABLE orders ADD hotfix text',
      ['effects', 'catalog'],
      /orders: column hotfix is extra/,
    ],
    [
      'a table of earlier phases that is gone',
      'DROP TABLE orders',
      ['effects', 'catalog', 'preconditions'],
      /table orders is missing/,
    ],
    [
      'a row in the history that nobody proved',
      `INSERT INTO _prisma_migrations VALUES ('x', 'c', now(), 'other', NULL, NULL, now(), 1)`,
      ['history'],
      /other is extra/,
    ],
    [
      'a later phase that came before its turn',
      `INSERT INTO _prisma_migrations VALUES ('x', 'c', now(), '20260103000000_lines', NULL, NULL, now(), 1)`,
      ['order', 'history'],
      /phase 3 \(03-lines\) is applied already, before its turn/,
    ],
    [
      'a migration that failed',
      `INSERT INTO _prisma_migrations VALUES ('x', 'c', NULL, 'other', NULL, NULL, now(), 0)`,
      ['history', 'failed-rows'],
      /other began and never ended/,
    ],
    [
      'a migration that was applied from another file',
      `UPDATE _prisma_migrations SET checksum = 'x'`,
      ['history'],
      /applied from another file/,
    ],
    [
      'an extension that is missing',
      'DROP EXTENSION plpgsql',
      ['extensions'],
      /extension plpgsql is missing/,
    ],
    [
      'rows in the way of the phase',
      `INSERT INTO orders VALUES (1, 'secret'), (2, 'secret'), (3, 'other')`,
      ['preconditions'],
      /codes\/migration.sql:1 .*: [12] rows/,
    ],
    [
      'far more rows than proven',
      `INSERT INTO orders SELECT n, n::text FROM generate_series(1, 2000) n`,
      ['sizes'],
      /orders: 0 rows when proven, 2000 are/,
    ],
  ])('refuses %s', async ([, sql, kinds, says]) => {
    const decision = await askAfter(sql)
    expect(refusedOf(decision), renderGate(decision)).toEqual(kinds)
    expect(textOf(decision)).toMatch(says)
    expect(renderGate(decision)).not.toContain('secret')
  })

  it('refuses a phase that is applied already, and one whose turn has not come', async () => {
    const applied = await askAfter('', {}, 2)
    expect(refusedOf(applied)).toContain('order')
    expect(textOf(applied)).toContain('phase 2 is applied already')
    const skipped = await askAfter('', { phase: 3 }, 1)
    expect(refusedOf(skipped)).toContain('order')
    expect(textOf(skipped)).toContain('phase 2 (02-codes) is not applied')
  })

  it('refuses another database, or one that was restored from an older backup', async () => {
    const decision = await askAfter('', { phase: 3 }, 1)
    expect(textOf(decision)).toContain('as after the restore of an older backup')
    expect(textOf(decision)).toContain('history: 20260102000000_codes is missing')
    const empty = await askAfter('', {}, 0)
    expect(refusedOf(empty)).toEqual(expect.arrayContaining(['order', 'history', 'effects', 'catalog']))
  })

  it('refuses while another deploy holds the lock of the tool', async () => {
    await example.withProduction(1, (url) =>
      withClient(url, async (client) => {
        await client.query('SELECT pg_advisory_lock(72707369)')
        const decision = await example.ask(example.toReader(url))
        expect(refusedOf(decision)).toEqual(['deploys'])
      }),
    )
  })

  it('refuses while somebody locks a table of the phase, and not for one that it leaves alone', async () => {
    await example.withProduction(1, (url) =>
      withClient(url, async (client) => {
        await client.query('CREATE TABLE IF NOT EXISTS lines (id integer); DROP TABLE lines')
        await client.query('BEGIN; LOCK TABLE orders IN SHARE MODE')
        const decision = await example.ask(example.toReader(url))
        expect(refusedOf(decision)).toEqual(['sessions'])
        expect(textOf(decision)).toContain('holds ShareLock on public.orders')
        await client.query('COMMIT; BEGIN; LOCK TABLE _prisma_migrations IN SHARE MODE')
        expect(refusedOf(await example.ask(example.toReader(url)))).toEqual([])
        await client.query('COMMIT; BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE')
        await expect(example.ask(example.toReader(url))).rejects.toMatchObject({
          code: 'postgres-lost',
          message: expect.stringContaining('holds AccessExclusiveLock on public.orders'),
        })
      }),
    )
  })

  it('refuses while a transaction is open for long', async () => {
    await example.withProduction(1, (url) =>
      withClient(url, async (client) => {
        await client.query('BEGIN; SELECT FROM orders')
        await new Promise((resolve) => setTimeout(resolve, 1100))
        const decision = await example.ask(example.toReader(url), { longMs: 1000 })
        expect(refusedOf(decision)).toEqual(['sessions'])
        expect(textOf(decision)).toMatch(/a transaction open for 1 s \(idle in transaction\)/)
      }),
    )
  })

  it('two at once come to the same', async () => {
    await example.withProduction(1, async (url) => {
      const both = await Promise.all([1, 2].map(() => example.ask(example.toReader(url))))
      expect(both.map(({ isAllowed }) => isAllowed)).toEqual([true, true])
    })
  })

  it('tells that a target vanished in the middle, and decides nothing', async () => {
    await example.withProduction(1, async (url) => {
      await query(url, `INSERT INTO orders VALUES (1, 'a')`)
      await withClient(url, async (client) => {
        // Whoever counts waits here, until it is ended.
        await client.query('BEGIN; LOCK TABLE _prisma_migrations IN ACCESS EXCLUSIVE MODE')
        const asked = example.ask(example.toReader(url)).catch((error: unknown) => error)
        const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
          AND application_name = 'phaseproof gate' AND wait_event_type = 'Lock'`
        while ((await query(url, end)).length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
        const error = await asked
        expect(error).toMatchObject({ code: 'postgres-lost' })
        expect(String((error as { remedy?: string }).remedy)).toContain('nothing was decided')
      })
    })
  })

  it('refuses a role that could write, unless that is allowed, and reads with it read-only', async () => {
    await example.withProduction(1, async (url) => {
      expect(refusedOf(await example.ask(url))).toEqual(['role'])
      expect(refusedOf(await example.ask(url, { allowWritingRole: true }))).toEqual([])
      const sly = new URL(example.toReader(url))
      sly.searchParams.set('options', '-c default_transaction_read_only=off')
      expect(refusedOf(await example.ask(sly.href))).toEqual([])
    })
  })

  it('refuses a pooler that loses settings, and says of one that refuses them what it is', async () => {
    await example.withProduction(1, async (url) => {
      await withPooler(example.toReader(url), 'loses-settings', async (through) => {
        expect(refusedOf(await example.ask(through, { newServer: true }))).toEqual(['pooler'])
        expect(refusedOf(await example.ask(through, { newServer: true, allowPooler: true }))).toEqual([])
      })
      await withPooler(example.toReader(url), 'refuses-settings', async (through) => {
        await expect(example.ask(through)).rejects.toMatchObject({
          code: 'database-refused',
          message: expect.stringContaining('a pooler stands before it'),
        })
      })
    })
  })

  it('refuses a migrator that cannot do what the phase needs', async () => {
    const role = `phaseproof_role_test_migrator_${process.pid}`
    await query(inject('postgresUrl'), `CREATE ROLE ${role}`)
    try {
      const decision = await askAfter('', { migrator: role })
      expect(refusedOf(decision)).toEqual(['rights'])
      expect(textOf(decision)).toContain('it does not own public.orders')
      expect(textOf(decision)).toContain('it may not log in')
      expect(textOf(await askAfter('', { migrator: 'nobody_of_that_name' }))).toContain('there is no role')
    } finally {
      await query(inject('postgresUrl'), `DROP ROLE ${role}`)
    }
  })

  it('refuses a name that leads to another server than before, unless that is meant', async () => {
    await example.withProduction(1, async (url) => {
      await example.ask(example.toReader(url))
      const file = `reports/${example.scenario.name}/targets.json`
      await withChanged(
        file,
        (text) => text.replaceAll(/"\d{10,}"/g, '"1"'),
        async () => {
          expect(refusedOf(await example.ask(example.toReader(url)))).toEqual(['server'])
          expect(refusedOf(await example.ask(example.toReader(url), { newServer: true }))).toEqual([])
        },
      )
    })
  })
})

describe('a gate before a proof that cannot be relied on', () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const taken = (at: string) => (text: string) => text.replace(/"takenAt": "[^"]*"/, `"takenAt": "${at}"`)

  it.for<[string, () => string, (text: string) => string, readonly string[], RegExp]>([
    ['is too old', proofFile, taken(day(-2)), ['age'], /2 days old/],
    ['was taken in the future', proofFile, taken(day(1)), ['age'], /one of the clocks is wrong/],
    [
      'is not proven',
      proofFile,
      (text) => text.replace('"verdict": "proven"', '"verdict": "disproven"'),
      ['proof'],
      /verdict is disproven/,
    ],
    [
      'is empty',
      proofFile,
      (text) => JSON.stringify({ ...JSON.parse(text), phases: [] }),
      ['proof'],
      /phase 1 is not in it/,
    ],
    [
      'speaks of a migration that was changed since',
      () => 'migrations/20260102000000_codes/migration.sql',
      (text) => `${text}\n`,
      ['files'],
      /20260102000000_codes was changed after the proof/,
    ],
    [
      'has other states than those it names',
      () => proofFile().replace('.json', '.states.json'),
      (text) => text.replace('integer', 'bigint'),
      ['proof'],
      /states is missing, or is another one/,
    ],
    [
      'asks more than a SELECT',
      proofFile,
      (text) => text.replace(/"sql": "/g, '"sql": "SELECT 1; COMMIT; '),
      ['preconditions'],
      /it is not one SELECT/,
    ],
    [
      'was made by other code',
      proofFile,
      (text) => text.replace(/"harness": "\w/, '"harness": "-'),
      ['files'],
      /the code of phaseproof is not that of the proof/,
    ],
    [
      'was made on another major version of Postgres',
      proofFile,
      (text) => text.replace(/"postgres": "\d+/, '"postgres": "9'),
      ['postgres'],
      /proven on 9/,
    ],
  ])('refuses one that %s', async ([, file, change, kinds, says]) => {
    const decision = await withChanged(file(), change, () => askAfter(''))
    expect(refusedOf(decision), renderGate(decision)).toEqual(kinds)
    expect(textOf(decision)).toMatch(says)
  })

  it('refuses one that nobody signed, and sends none of its SQL', async () => {
    const decision = await askAfter('', { isSigned: false })
    expect(refusedOf(decision)).toEqual(['signature', 'preconditions'])
    expect(textOf(decision)).toContain('is not sent')
  })

  it('tells that there is none', async () => {
    const other = { ...example.scenario, name: 'other' }
    await expect(askAfter('', { scenario: other })).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('a phase of high risk', () => {
  const risky = () => ({
    ...example.scenario,
    phases: example.scenario.phases.map((phase) => ({ ...phase, risk: 'high' as const })),
  })
  it.for<[string, string | undefined, readonly string[], RegExp]>([
    ['without a backup', undefined, ['backup'], /backup-verified/],
    ['with a backup that was verified long ago', '2026-01-01', ['backup'], /days ago/],
    ['with what is no verification of a backup', 'migrations', ['backup'], /neither a moment nor/],
  ])('is refused %s', async ([, backup, kinds, says]) => {
    const decision = await askAfter('', { scenario: risky(), ...(backup !== undefined && { backup }) })
    expect(refusedOf(decision)).toEqual(kinds)
    expect(textOf(decision)).toMatch(says)
  })

  it('passes with the verification of a backup that found nothing, and not with one that found something', async () => {
    const ask = (faults: readonly string[]) =>
      withChanged(
        'backup.json',
        () => JSON.stringify({ dump: 'shop.dump', faults }),
        () => askAfter('', { scenario: risky(), backup: 'backup.json' }),
      )
    expect(refusedOf(await ask([]))).toEqual([])
    expect(refusedOf(await ask(['it is cut off']))).toEqual(['backup'])
  })
})

describe('a waiver', () => {
  const waiver = (fields: string) => `- ${fields.split('\n').join('\n  ')}\n`
  const byHand = 'ALTER TABLE orders ADD hotfix text'
  const whole = 'owner: ops\nreason: removed by phase 3\nexpires: 2099-12-31'
  const ask = (yaml: string, sql = byHand) =>
    withChanged(
      `scenarios/${example.scenario.name}/waivers.yaml`,
      () => yaml,
      () => askAfter(sql),
    )

  it('covers what it names, and is told', async () => {
    const both = ['catalog', 'effects'].map((check) => waiver(`check: ${check}\n${whole}`)).join('')
    const decision = await ask(both)
    expect(decision.isAllowed, renderGate(decision)).toBe(true)
    expect(renderGate(decision)).toContain(
      'waiver of catalog is used (ops, until 2099-12-31: removed by phase 3)',
    )
  })

  it.for<[string, string, RegExp]>([
    ['expired', 'check: catalog\nowner: ops\nreason: x\nexpires: 2026-01-01', /it expired on 2026-01-01/],
    ['has no reason', 'check: catalog\nowner: ops\nexpires: 2099-01-01', /it has no reason/],
    ['has no owner', 'check: catalog\nreason: x\nexpires: 2099-01-01', /it has no owner/],
    ['is about what nobody can answer for', `check: order\n${whole}`, /nobody can answer/],
  ])('is void when it %s', async ([, yaml, why]) => {
    const decision = await ask(waiver(yaml))
    expect(refusedOf(decision)).toContain('catalog')
    expect(renderGate(decision)).toMatch(why)
  })

  it('covers one content of a file, and no later one', async () => {
    const file = 'migrations/20260102000000_codes/migration.sql'
    await withChanged(
      file,
      (text) => `${text}\n`,
      async () => {
        const first = await askAfter('')
        const sha256 = first.checks.flatMap(({ faults }) => faults).find((fault) => fault.sha256)?.sha256
        const right = await ask(waiver(`check: files\nsha256: ${sha256}\n${whole}`), '')
        expect(refusedOf(right), renderGate(right)).toEqual([])
        const wrong = await ask(waiver(`check: files\nsha256: ${'0'.repeat(64)}\n${whole}`), '')
        expect(refusedOf(wrong)).toEqual(['files'])
        expect(renderGate(wrong)).toContain('the file that it is about is another one now')
      },
    )
  })
})
