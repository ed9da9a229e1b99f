import type { GateCheck, GateCheckKind, GateFault, JudgedWaiver, Waiver } from '../../model/gate.ts'

/** What nobody can answer for: without them the rest says nothing. */
const NEVER: ReadonlySet<string> = new Set<GateCheckKind>([
  'proof',
  'signature',
  'order',
  'role',
  'pooler',
  'server',
])

/**
 * Lets waivers cover what was refused. One that is incomplete, expired or about another file is void, and is told with its reason.
 * @param today as `2026-12-31`
 */
export function applyWaivers(
  checks: readonly GateCheck[],
  waivers: readonly Partial<Waiver>[],
  today: string,
): { readonly checks: readonly GateCheck[]; readonly waivers: readonly JudgedWaiver[] } {
  const judged = waivers.map((waiver) => ({ waiver, void: whyVoid(waiver, checks, today) }))
  const valid = judged.filter((entry) => entry.void === null).map(({ waiver }) => waiver)
  const waived = checks.map((check): GateCheck => {
    if (check.outcome !== 'refused') return check
    const isAll = check.faults.every((fault) => valid.some((waiver) => covers(waiver, check.kind, fault)))
    return isAll ? { ...check, outcome: 'waived' } : check
  })
  return {
    checks: waived,
    waivers: judged.map((entry) => ({
      ...entry,
      covers: entry.void === null ? countCovered(entry.waiver, checks) : 0,
    })),
  }
}

function countCovered(waiver: Partial<Waiver>, checks: readonly GateCheck[]): number {
  return checks
    .filter(({ outcome }) => outcome === 'refused')
    .reduce((sum, { kind, faults }) => sum + faults.filter((fault) => covers(waiver, kind, fault)).length, 0)
}

function covers(
  { check, fault = '', sha256 }: Partial<Waiver>,
  kind: GateCheckKind,
  found: GateFault,
): boolean {
  // What is about a file is waived for that very content, never for whatever the file will hold.
  return check === kind && found.says.startsWith(fault) && found.sha256 === sha256
}

function whyVoid(waiver: Partial<Waiver>, checks: readonly GateCheck[], today: string): string | null {
  const { check, fault = '', sha256, reason, owner, expires } = waiver
  if (!check) return 'it names no check'
  if (NEVER.has(check)) return `nobody can answer for the check ${check}`
  const found = checks.find(({ kind }) => kind === check)
  if (!found) return `there is no check ${check}`
  if (!reason?.trim()) return 'it has no reason'
  if (!owner?.trim()) return 'it has no owner'
  if (!/^\d{4}-\d\d-\d\d$/.test(expires ?? '')) return 'it does not say when it expires, as 2026-12-31'
  if ((expires ?? '') < today) return `it expired on ${expires}`
  const meant = found.faults.filter(({ says }) => says.startsWith(fault))
  const isOfFile = meant.some((entry) => entry.sha256 !== undefined)
  if (isOfFile && sha256 === undefined) return 'it does not name the SHA-256 of the file that it is about'
  if (isOfFile && !meant.some((entry) => entry.sha256 === sha256))
    return 'the file that it is about is another one now'
  return null
}
