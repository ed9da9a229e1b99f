import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A project of somebody else's: a folder with scenarios that is not this repository. */
interface ShopProject {
  readonly root: string
  /** Writes a scenario of one phase that is proven, and files of its own on top, from the scenario's folder. */
  addScenario(name: string, files?: Readonly<Record<string, string>>): void
  write(file: string, text: string): void
  /** What `scenario.ts` of such a scenario says. */
  scenarioText(name: string): string
  remove(): void
}

const harness = dirname(import.meta.dirname)

/** What a contract file of such a project imports. */
export const contractModule = join(harness, 'vitest', 'contract-test.ts')

/** The folder of a shop's only phase, from the scenario's folder. */
export const shopPhase = 'phases/01-shop'

/** Makes an empty project whose packages are those of this repository. */
export function makeShopProject(): ShopProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'phaseproof-shop-')))
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  symlinkSync(join(dirname(harness), 'node_modules'), join(root, 'node_modules'))
  write('package.json', '{ "type": "module" }\n')
  return {
    root,
    write,
    scenarioText: toScenario,
    addScenario(name, files = {}) {
      write(
        `migrations/${name}/20260101090000_orders/migration.sql`,
        'CREATE TABLE "orders" ("id" integer);\n',
      )
      const all = { 'scenario.ts': toScenario(name), 'server.ts': server, ...contracts, ...files }
      for (const [file, text] of Object.entries(all)) write(`scenarios/${name}/${file}`, text)
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

const toScenario = (name: string) => `
export default {
  name: '${name}',
  title: 'Orders',
  snapshot: null,
  migrations: 'migrations/${name}',
  tool: { name: 'prisma', version: '7.3.0' },
  server: { module: './server.ts' },
  phases: [
    {
      id: 1, name: '01-shop', title: 'Orders', goal: 'orders', risk: 'low', estimateMinutes: 1, dependsOn: [],
      migrations: ['20260101090000_orders'], changes: ['orders'],
      expect: [{ kind: 'table', table: 'orders', exists: true }],
    },
  ],
}
`

const server = `
import pg from 'pg'

export async function createApp({ databaseUrl }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  pool.on('error', () => {})
  const listener = async (request, response) => {
    if (request.url === '/slow') await new Promise((resolve) => setTimeout(resolve, 300))
    const status = await pool.query('SELECT FROM orders').then(() => 200, () => 503)
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  }
  return { listener, close: () => pool.end() }
}
`

const contracts = {
  [`${shopPhase}/orders.contract.test.ts`]: `
import { expect, flow } from '${contractModule}'

flow('orders are listed', async ({ api }) => {
  expect((await api.get('/orders')).status).toBe(200)
})
`,
}
