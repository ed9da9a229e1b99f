import type { Check } from '../define-check.ts'
import { isQuiet } from '../rehearsal/is-repeatable.ts'
import { rehearsed } from '../rehearsal/rehearsed.ts'

/** The phase was deployed twice, and the second time nothing ran and nothing changed. */
export const deploysAgain: Check<'deploys-again'> = {
  title: () => 'can be deployed twice: the second deploy changes nothing',
  rehearses: 'again',
  judge: (_expectation, evidence) => {
    const again = rehearsed(evidence, 'again')
    return !again || isQuiet(again) ? [] : [{ kind: 'second-deploy-changes', ...again }]
  },
}
