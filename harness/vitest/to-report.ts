import { existsSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'
import type { SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node'
import { redact } from '../ground/redact.ts'
import type { Disturbance, TestError, TestRecord, TestReport } from '../model/test-record.ts'
import { isCollection } from './collected-contracts.ts'
import type { TestNote } from './test-note.ts'

/** Takes what Vitest knows of the tests of a project apart into plain data. */
export function toReport(
  root: string,
  modules: readonly TestModule[],
  errors: readonly SerializedError[],
): TestReport {
  const nameOf = ({ moduleId }: TestModule) => toFile(root, moduleId)
  return {
    records: modules.flatMap((module) =>
      [...module.children.allTests()].filter(isCounted).map((test) => toRecord(nameOf(module), test)),
    ),
    loaded: listLoaded(modules),
    disturbances: [
      ...modules.flatMap((module) => toDisturbances(nameOf(module), module)),
      ...errors.map((error) => ({
        file: 'VITEST_TEST_PATH' in error ? toFile(root, String(error.VITEST_TEST_PATH)) : null,
        where: 'outside of every test',
        message: toMessage(error),
      })),
    ],
  }
}

/** Modules that Vite handed to the tests; what Node loads from packages is told by their lockfile. */
function listLoaded(modules: readonly TestModule[]): string[] {
  const servers = new Set(modules.map(({ project }) => project.vite))
  const ids = [...servers].flatMap((vite) =>
    Object.values(vite.environments).flatMap((one) => [...one.moduleGraph.fileToModulesMap.keys()]),
  )
  return [...new Set(ids)].filter(
    (file) => isAbsolute(file) && !file.includes('/node_modules/') && existsSync(file),
  )
}

/** Contract files are read in our own file once more, for what is tried beneath a phase; whatever else is in them has run in its own. */
function isCounted(test: TestCase): boolean {
  return !isCollection(test.module.moduleId) || test.meta().phaseproof !== undefined
}

function toRecord(file: string, test: TestCase): TestRecord {
  const { state, errors = [] } = test.result()
  const diagnostic = test.diagnostic()
  const note: TestNote = test.meta().phaseproof ?? { subject: { kind: 'unknown' } }
  return {
    file,
    name: test.fullName,
    state: state === 'passed' || state === 'failed' ? state : 'not-run',
    findings: null,
    attempts: [],
    exercised: [],
    reused: false,
    ...note,
    errors: errors.map(toError),
    retries: diagnostic?.retryCount ?? 0,
    durationMs: diagnostic?.duration ?? 0,
  }
}

/** Errors of a file and its suites: imports, collection, hooks around them; and a file that was begun and not ended. */
function toDisturbances(file: string, module: TestModule): Disturbance[] {
  const around: readonly (TestModule | TestSuite)[] = [module, ...module.children.allSuites()]
  const failed = around.flatMap((suite) =>
    suite.errors().map((error) => ({
      file,
      where: suite.type === 'module' ? file : `${file} > ${suite.fullName}`,
      message: toMessage(error),
    })),
  )
  const isLost = module.state() === 'pending' || module.state() === 'queued'
  return isLost ? [...failed, { file, where: file, message: 'it did not run to its end' }] : failed
}

function toError(error: SerializedError): TestError {
  return { name: error.name ?? 'Error', message: toMessage(error) }
}

function toMessage(error: SerializedError): string {
  return redact(error.message ?? String(error))
}

function toFile(root: string, path: string): string {
  const inside = relative(root, path)
  return inside.startsWith('..') ? path : inside.replaceAll(sep, '/')
}
