import type { ProofStates } from '../../model/database-state.ts'
import type { Proof } from '../../model/proof.ts'
import type { Reported } from '../report/render-report.ts'
import type { PhaseChange } from '../tell-changes.ts'
import type { Markup } from './markup.ts'

/** What a page tells of. */
export interface PageSubject {
  readonly proof: Proof
  /** Null where no phase was replayed, or an older run left none. */
  readonly states: ProofStates | null
  readonly scenario: Reported
  readonly changes: readonly PhaseChange[]
}

/** A section of the page; one that returns null is left out, of the navigation too. */
export interface PageSection {
  readonly id: string
  readonly heading: string
  readonly toContent: (subject: PageSubject) => Markup | null
}
