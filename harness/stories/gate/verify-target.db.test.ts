import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Verified } from '../../model/gate.ts'
import { openDatabases } from '../../postgres/databases.ts'
import { renderVerified } from '../../proof/gate/render-verified.ts'
import { type GateExample, openGateExample } from '../../testing/gate-example.ts'
import { query } from '../../testing/with-test-database.ts'
import { openCheckpoints } from '../checkpoints.ts'
import { buildTargetSchema } from './build-target-schema.ts'
import { readProven } from './read-proven.ts'
import { verifyTarget } from './verify-target.ts'
import '../../vitest/provided.ts'

let example: GateExample
beforeAll(async () => {
  example = await openGateExample(inject('postgresUrl'), inject('postgresAddress'))
})
afterAll(() => example.close())

type Request = Parameters<typeof verifyTarget>[0]

/** How a production with some phases applied stands, after something happened to it. */
function verifyAfter(
  applied: number,
  sql: string,
  request: Partial<Request> & Pick<Request, 'phase'>,
): Promise<Verified> {
  return example.withProduction(applied, async (url) => {
    if (sql !== '') await query(url, sql)
    const { scenario, root: projectRoot } = example
    const options = { allowWritingRole: false, allowPooler: false, newServer: false }
    return verifyTarget({ scenario, url: example.toReader(url), projectRoot, options, ...request })
  })
}

const refusedOf = ({ checks }: Verified) =>
  checks.filter(({ outcome }) => outcome === 'refused').map(({ kind }) => kind)

describe('verifyTarget', () => {
  it('holds after the phase was applied, and says what it could not ask', async () => {
    const verified = await verifyAfter(2, '', { phase: 2 })
    expect(refusedOf(verified), renderVerified(verified)).toEqual([])
    expect(verified.leftOut.length).toBeGreaterThan(3)
  })

  it.for<[string, number, string, readonly string[], RegExp]>([
    ['was not applied', 1, '', ['history', 'catalog', 'expectations'], /20260102000000_codes is missing/],
    [
      'is recorded and did nothing',
      2,
      'DROP INDEX orders_code',
      ['catalog', 'expectations'],
      /orders: index orders_code is missing/,
    ],
    ['came with something else', 2, 'CREATE TABLE by_hand ()', ['catalog'], /table by_hand is extra/],
    ['is not the last one', 3, '', ['history', 'catalog', 'expectations'], /20260103000000_lines is extra/],
  ])('refuses where the phase %s', async ([, applied, sql, kinds, says]) => {
    const verified = await verifyAfter(applied, sql, { phase: 2 })
    expect(refusedOf(verified), renderVerified(verified)).toEqual(kinds)
    expect(renderVerified(verified)).toMatch(says)
  })

  it('holds the last state against the target schema, too', async () => {
    const { read } = await readProven(example.scenario, 3, example.root)
    const schema = read.states?.phases.at(-1)?.after.schema
    if (!schema) throw new Error('the example has no states')
    const same = await verifyAfter(3, '', {
      phase: 'final',
      buildTargetSchema: async () => ({ schema, failure: null }),
    })
    expect(refusedOf(same), renderVerified(same)).toEqual([])
    const other = { ...schema, tables: schema.tables.slice(1) }
    const differs = await verifyAfter(3, '', {
      phase: 'final',
      buildTargetSchema: async () => ({ schema: other, failure: null }),
    })
    expect(refusedOf(differs)).toEqual(['target-schema'])
  })

  it("builds the target schema by the tool's own means, and names what production lacks of it", async () => {
    const { root, scenario } = example
    const server = await openDatabases(inject('postgresAddress'))
    const cacheFolder = join(root, 'cache')
    const build = async (models: string) => {
      await writeFile(join(root, 'schema.prisma'), `datasource db {\n  provider = "postgresql"\n}\n${models}`)
      const aimed = { ...scenario, target: { schema: 'schema.prisma' } }
      return buildTargetSchema(aimed, { server, projectRoot: root, cacheFolder })
    }
    const models = `model orders {
  id   Int     @id
  code String? @unique(map: "orders_code")
  note String?
}
model lines {
  id Int @id
}
`
    try {
      const same = await verifyAfter(3, '', { phase: 'final', buildTargetSchema: () => build(models) })
      expect(refusedOf(same), renderVerified(same)).toEqual([])
      const more = models.replace('note String?', 'note String?\n  sum  Int?')
      const lacks = await verifyAfter(3, '', { phase: 'final', buildTargetSchema: () => build(more) })
      expect(refusedOf(lacks)).toEqual(['target-schema'])
      expect(renderVerified(lacks)).toContain('orders: column sum is missing')
    } finally {
      await openCheckpoints(server, scenario.name, cacheFolder).forgetAllBut([])
      await server.close()
    }
  })

  it('asks the endpoints by GET alone, and refuses answers that are not as described', async () => {
    const folder = join(example.root, 'scenarios', example.scenario.name)
    await mkdir(folder, { recursive: true })
    const document = join(folder, 'openapi.json')
    await writeFile(document, JSON.stringify(API))
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      const status = request.url === '/failing' ? 500 : request.url === '/closed' ? 401 : 200
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"secret":"value"}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    try {
      const verified = await verifyAfter(2, '', {
        phase: 2,
        scenario: { ...example.scenario, contract: { document: 'openapi.json' } },
        web: { url, authorization: null },
      })
      expect(asked).toEqual(['GET /good', 'GET /wrong', 'GET /failing', 'GET /closed'])
      expect(refusedOf(verified)).toEqual(['endpoints'])
      const text = renderVerified(verified)
      expect(text).toContain('failing (GET /failing) failed with 500')
      expect(text).toContain('wrong (GET /wrong) answered 200, which is not as described')
      expect(text).not.toContain('secret')
    } finally {
      server.close()
      await rm(document)
    }
  })
})

const answer = (schema: object) => ({
  200: { description: 'ok', content: { 'application/json': { schema } } },
})
const API = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  security: [{ token: [] }],
  paths: {
    '/good': {
      get: { operationId: 'good', security: [], responses: answer({ type: 'object' }) },
      post: { operationId: 'make', security: [], responses: answer({ type: 'object' }) },
    },
    '/wrong': { get: { operationId: 'wrong', security: [], responses: answer({ type: 'array' }) } },
    '/failing': { get: { operationId: 'failing', security: [], responses: answer({ type: 'object' }) } },
    '/closed': { get: { operationId: 'closed', responses: answer({}) } },
    '/later': { get: { operationId: 'later', 'x-since-phase': 3, security: [], responses: answer({}) } },
    '/good/{id}': {
      get: {
        operationId: 'one',
        security: [],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: answer({}),
      },
    },
  },
}
