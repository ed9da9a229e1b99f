import { describe, TestRunner } from 'vitest'
import { toMessage } from '../ground/to-message.ts'
import type { ContractKind } from '../model/contract.ts'
import type { ContractTest } from './contract-attempt.ts'

/** A contract as its file registers it, taken to be tried elsewhere. */
export interface CollectedContract {
  /** With the names of its suites. */
  readonly name: string
  /** Absolute path of its file. */
  readonly file: string
  readonly kind: ContractKind
  /** The earlier server that it is written for. */
  readonly server: string | undefined
  readonly body: ContractTest
}

/** What was taken of some files. */
interface Collection {
  readonly contracts: readonly CollectedContract[]
  /** Files that did not load, and why. */
  readonly failed: readonly string[]
}

/** By the file that Vitest collects: what was taken while it was. */
const collected = new WeakMap<object, CollectedContract[]>()

/** Whether the file is the one of ours in which contract files are read once more. */
export function isCollection(file: string): boolean {
  return /[\\/]phases\.suite\.[jt]s$/.test(file)
}

/**
 * Reads contract files into the file that Vitest collects now, each in a suite of its own that never runs: what they register by flow and
 * test of ours is taken, whatever else is skipped. The list is whole when the file's first test runs.
 * @param files absolute paths
 */
export function collectContracts(files: readonly string[]): Collection {
  const { file, suite } = TestRunner.getCurrentSuite()
  const current = file ?? suite?.file
  if (current === undefined) throw new Error('contracts are collected while a file is')
  const taken: CollectedContract[] = []
  const failed: string[] = []
  collected.set(current, taken)
  for (const path of files) {
    describe.skip(path, async () => {
      // Read under another name than its own run has, or a worker that has run it would not read it again.
      const url = `${path}?beneath=${Date.now()}`
      await import(/* @vite-ignore */ url).catch((error: unknown) =>
        failed.push(`${path}: ${toMessage(error)}`),
      )
    })
  }
  return { contracts: taken, failed }
}

/** Takes a contract if its file is being collected; false where it is to be registered as a test. */
export function collectContract(
  { title, ...contract }: Omit<CollectedContract, 'name' | 'file'> & { readonly title: string },
  mode: 'skip' | 'only' | null,
): boolean {
  const { file, suite } = TestRunner.getCurrentSuite()
  const taken = collected.get(file ?? suite?.file ?? {})
  if (taken === undefined) return false
  const [path = '', ...names] = namesOf(suite)
  if (mode !== 'skip') taken.push({ ...contract, name: [...names, title].join(' > '), file: path })
  return true
}

interface Named {
  readonly name: string
  readonly suite?: Named | undefined
}

function namesOf(suite: Named | undefined): string[] {
  return suite ? [...namesOf(suite.suite), suite.name] : []
}
