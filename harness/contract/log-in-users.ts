import type { SweepPlan } from '../model/contract.ts'
import { lookUp } from './resolve-pointer.ts'
import { sendRequest } from './send-request.ts'

/** A user who is logged in, or the status that the login was refused with. */
export type LoggedIn =
  | { readonly kind: string; readonly token: string }
  | { readonly kind: string; readonly token: null; readonly status: number }

/** Logs one user of each kind in, in the order of the plan. @throws server-unavailable */
export async function logInUsers(baseUrl: string, { users }: SweepPlan): Promise<readonly LoggedIn[]> {
  const loggedIn: LoggedIn[] = []
  for (const [kind, { path, body, token: pointer }] of Object.entries(users)) {
    const answer = await sendRequest(baseUrl, { method: 'POST', path, body })
    const token = answer.status < 300 ? lookUp(answer.body, pointer) : undefined
    loggedIn.push(typeof token === 'string' ? { kind, token } : { kind, token: null, status: answer.status })
  }
  return loggedIn
}
