import { Router } from 'express'
import { type Domain, domains } from '../auth/accounts.ts'
import { authenticate } from '../auth/authenticate.ts'
import { parseCredentials } from '../auth/credentials.ts'
import { logIn } from '../auth/log-in.ts'
import type { AppContext } from '../context.ts'

/** `/api/auth`: the common login, one login for each kind of user with a table of its own, and what a token is worth. */
export function authRoutes(context: AppContext): Router {
  const router = Router()
  const loginTo = (path: string, among: readonly Domain[]) =>
    router.post(path, async (request, response) => {
      const { user, token, mustChangePassword } = await logIn(context, parseCredentials(request.body), among)
      response.json({ success: true, message: 'Login successful', user, token, mustChangePassword })
    })

  loginTo('/login', domains)
  loginTo('/healthcare/login', ['HEALTHCARE'])
  loginTo('/ems/login', ['EMS'])

  router.get('/verify', async (request, response) => {
    const { id, email, name, userType } = await authenticate(context, request)
    response.json({ success: true, user: { id, email, name, userType } })
  })
  return router
}
