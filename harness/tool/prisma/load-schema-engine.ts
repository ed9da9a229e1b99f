import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type * as Bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

const MODULE = '@prisma/schema-engine-wasm/schema_engine_bg'

/** What we use of WebAssembly. Node has it, but its types come with those of a browser only. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: WasmExports } }>
  RuntimeError: ErrorConstructor
}
type WasmExports = { readonly __wbindgen_start: () => void }

/** Prisma's schema engine, and a way to learn that it crashed. */
interface LoadedEngine {
  readonly SchemaEngine: typeof Bindings.SchemaEngine
  /** Runs a call of the engine; rejects if the engine panics meanwhile, when the call itself would never settle. */
  guard<T>(call: () => Promise<T>): Promise<T>
}

let loaded: Promise<LoadedEngine> | null = null

/** Prisma's schema engine from its npm package, in this process, loaded once (about 30 ms). No download, no child process. */
export function loadSchemaEngine(): Promise<LoadedEngine> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<LoadedEngine> {
  const bindings: typeof Bindings = await import(MODULE)
  const listeners = new Set<(error: Error) => void>()
  let panic: Error | null = null
  const report = (message: string) => {
    panic ??= new Error(`Prisma's schema engine panicked: ${message}`)
    for (const listener of listeners) listener(panic)
  }
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: report } })
  // import.meta.resolve is not there when Vitest loads this file for a set-up.
  const path = createRequire(import.meta.url).resolve(MODULE)
  const wasm = await readFile(path.replace(/\.js$/, '.wasm'))
  const imports = { './schema_engine_bg.js': withCaughtTraps(bindings) }
  const { instance } = await WebAssembly.instantiate(wasm, imports)
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return {
    SchemaEngine: bindings.SchemaEngine,
    guard: async (call) => {
      if (panic !== null) throw panic
      let listener: (error: Error) => void = () => {}
      const crashed = new Promise<never>((_, reject) => {
        listener = reject
      })
      listeners.add(listener)
      try {
        return await Promise.race([call(), crashed])
      } finally {
        listeners.delete(listener)
      }
    },
  }
}

/**
 * The engine's imports, with its microtasks wrapped: a panic ends in a trap inside a microtask, where no promise can catch it and Node
 * would end the process.
 */
function withCaughtTraps(bindings: typeof Bindings): object {
  const imports: Record<string, unknown> = { ...bindings }
  for (const [name, original] of Object.entries(imports)) {
    if (!name.startsWith('__wbg_queueMicrotask_') || typeof original !== 'function') continue
    imports[name] = (argument: unknown) =>
      isTask(argument) ? queueMicrotask(() => runTask(argument)) : original(argument)
  }
  return imports
}

function isTask(argument: unknown): argument is () => void {
  return typeof argument === 'function'
}

/** Lets a trap pass in silence: whoever waits has heard of the panic before it. */
function runTask(task: () => void): void {
  try {
    task()
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error
  }
}
