import { Router } from 'express'
import { type Domain, domains } from '../auth/accounts.ts'
import { parseCredentials } from '../auth/credentials.ts'
import { logIn } from '../auth/log-in.ts'
import type { AppContext } from '../context.ts'
import { allRoles, answersOf, type Call } from '../operation.ts'
import { registrationRoutes } from './auth-registration.ts'
import { userRoutes } from './auth-users.ts'
import { emsAgencyRoutes } from './ems-agency.ts'
import { healthcareFacilityRoutes } from './healthcare-facility.ts'

/**
 * `/api/auth`: logins and registrations for each kind of user, the check of a token, users and their organisations.
 */
export function authRoutes(context: AppContext): Router {
  const answers = answersOf(context)
  const router = Router()
  const loginTo = (path: string, among: readonly Domain[]) =>
    router.post(path, async (request, response) => {
      const { user, token, mustChangePassword } = await logIn(context, parseCredentials(request.body), among)
      response.json({ success: true, message: 'Login successful', user, token, mustChangePassword })
    })

  loginTo('/login', domains)
  loginTo('/healthcare/login', ['HEALTHCARE'])
  loginTo('/ems/login', ['EMS'])

  router.get(
    '/verify',
    answers.to('verifyToken', allRoles, async ({ account: { id, email, name, userType } }: Call) => ({
      user: { id, email, name, userType },
    })),
  )
  router.post(
    '/logout',
    // Tokens are not kept anywhere, so there is none to strike out: it ends when its bearer forgets it, or by its age.
    answers.toAnyone('logOut', async () => ({ message: 'Logged out: forget the token.' })),
  )
  router.use(registrationRoutes(context))
  router.use(userRoutes(context))
  router.use('/ems/agency', emsAgencyRoutes(context))
  router.use('/healthcare/facility', healthcareFacilityRoutes(context))
  return router
}
