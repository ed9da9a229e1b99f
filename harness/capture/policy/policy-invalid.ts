import { HarnessError } from '../../model/error.ts'

/** The error for a policy that cannot be applied, with all of its faults. Faults hold names, never values. */
export function policyInvalid(policy: string, faults: readonly string[]): HarnessError<'policy-invalid'> {
  return new HarnessError(
    'policy-invalid',
    `Applying the policy ${policy}: ${faults.length === 1 ? 'this stands' : `these ${faults.length} things stand`} in the way, and nothing was written:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    'Decide about each of them in the policy and have the change reviewed.',
    { policy, faults },
  )
}
