import { expect, it } from 'vitest'
import { loadSchemaEngine } from './load-schema-engine.ts'
import { toOfflineFactory } from './offline-adapter.ts'

it('turns a panic of the engine into a rejection, at once and ever after', async () => {
  const { SchemaEngine, guard } = await loadSchemaEngine()
  // An engine without any schema panics.
  const panicking = () => guard(() => SchemaEngine.new({ datamodels: [] }, () => {}, toOfflineFactory()))
  await expect(panicking()).rejects.toThrow("Prisma's schema engine panicked")
  await expect(panicking()).rejects.toThrow("Prisma's schema engine panicked")
})
