import { allChecks } from './all-checks.ts'

const lists = ['dependsOn', 'migrations', 'changes', 'expect']
const optionalLists = ['recorded', 'repairs', 'drops', 'faults', 'todo']

/** Lists what keeps the phases of a module from being read as phases at all, as JavaScript without types may have it. Pure. */
export function shapeFaults(phases: readonly unknown[]): string[] {
  return phases.flatMap((phase, index) => {
    const at = `the phase at position ${index + 1}`
    if (!isRecord(phase)) return [`${at} is ${nameOf(phase)}, not a phase`]
    const named = typeof phase.name === 'string' ? `phase ${phase.name}` : at
    const wrong = [
      ...(typeof phase.name === 'string' ? [] : [`its name is ${nameOf(phase.name)}, not a text`]),
      ...(typeof phase.id === 'number' ? [] : [`its id is ${nameOf(phase.id)}, not a number`]),
      ...[...lists, ...optionalLists.filter((key) => phase[key] !== undefined)]
        .filter((key) => !Array.isArray(phase[key]))
        .map((key) => `its ${key} is ${nameOf(phase[key])}, not a list`),
      ...expectationFaults(phase.expect),
    ]
    return wrong.map((fault) => `${named}: ${fault}`)
  })
}

function expectationFaults(expect: unknown): string[] {
  if (!Array.isArray(expect)) return []
  return expect.flatMap((entry: unknown, index) => {
    const at = `entry ${index + 1} of its expect`
    if (!isRecord(entry) || typeof entry.kind !== 'string')
      return [`${at} is ${nameOf(entry)}, not an expectation; definePhase dissolves groups`]
    return Object.hasOwn(allChecks, entry.kind)
      ? []
      : [`${at} is of the kind ${entry.kind}, which is unknown`]
  })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a value is, never what it holds. */
function nameOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
