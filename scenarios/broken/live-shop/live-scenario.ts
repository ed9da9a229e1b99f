import { column, required, type Scenario } from 'phaseproof'
import { type ShopPhase, shopScenario } from '../shop.ts'

/** A phase that tells where an order came from. */
const source: ShopPhase = {
  migrations: ['20260112090000_source'],
  changes: ['orders'],
  expect: [column('orders', 'source', required('text', { default: "'shop'" }))],
}

/** A shop whose server runs while its one phase is applied. */
export function liveScenario(folder: string, title: string, phase: Partial<ShopPhase> = {}): Scenario {
  const isOwn = phase.migrations !== undefined
  return {
    ...shopScenario({ folder, title, phases: [{ ...source, ...phase }] }),
    migrations: `scenarios/broken/${isOwn ? folder : 'live-shop'}/migrations`,
    server: { module: './server.ts' },
  }
}
