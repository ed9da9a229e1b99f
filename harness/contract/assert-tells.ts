import { HarnessError } from '../model/error.ts'

/** What a contract that ended well did meanwhile. */
interface Claims {
  /** Calls of Vitest's `expect`. */
  readonly assertions: number
  readonly requests: number
  /** Snapshots that were written, so compared with nothing. */
  readonly written: number
  /** Requests that were made and had no answer when the test returned: `GET /orders`. */
  readonly open: readonly string[]
}

/**
 * A contract that ends well must have claimed something, compared it with what was known before, and waited for what it asked: else its end says nothing.
 * @throws contract-undecided
 */
export function assertTells(test: string, { assertions, requests, written, open }: Claims): void {
  if (open.length > 0) {
    throw undecided(
      test,
      `it returned before ${open.join(', ')} ${open.length === 1 ? 'was' : 'were'} answered`,
      'Write await before each request.',
    )
  }
  if (written > 0) {
    throw undecided(
      test,
      `it wrote ${written} ${written === 1 ? 'snapshot' : 'snapshots'}, which nothing was compared with`,
      'Look at what was written, then run again.',
    )
  }
  if (assertions + requests > 0) return
  throw undecided(
    test,
    'it makes no assertion and sends no request, so it would pass on any state',
    'Claim something with expect, or call the API.',
  )
}

function undecided(test: string, reason: string, remedy: string): HarnessError<'contract-undecided'> {
  const message = `Contract "${test}" could not be judged: ${reason}. ${remedy}`
  return new HarnessError('contract-undecided', message, remedy, { test, reason })
}
