import type { ContractContext } from 'phaseproof/contract'

type Api = ContractContext['api']

/** The requests of a user who is logged in. */
export interface Session {
  readonly user: { readonly id: string; readonly email: string }
  get(path: string): ReturnType<Api['get']>
  post(path: string): ReturnType<Api['post']>
  put(path: string): ReturnType<Api['put']>
  patch(path: string): ReturnType<Api['patch']>
  delete(path: string): ReturnType<Api['delete']>
}

/** Password of every account of the snapshot, and of those that the flows register. */
const password = 'Phaseproof-Test-1!'

/** Logs in by the common login. It throws unless that works. */
export async function logIn(api: Api, email: string): Promise<Session> {
  const { body } = await api.post('/api/auth/login').send({ email, password }).expect(200)
  const bearer = [body.token, { type: 'bearer' }] as const
  return {
    user: body.user,
    get: (path) => api.get(path).auth(...bearer),
    post: (path) => api.post(path).auth(...bearer),
    put: (path) => api.put(path).auth(...bearer),
    patch: (path) => api.patch(path).auth(...bearer),
    delete: (path) => api.delete(path).auth(...bearer),
  }
}

/** The administrator of the control center that the snapshot holds. */
export function logInAdmin(api: Api): Promise<Session> {
  return logIn(api, 'admin@tcc.example.invalid')
}

/** Registers a facility by its first user, who administers it, and logs the user in. */
export async function registerFacility(api: Api, name = 'Harbor Clinic'): Promise<Session> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@flows.example.invalid`
  await api
    .post('/api/auth/healthcare/register')
    .send({ email, password, name: 'Noor Nurse', facilityName: name, facilityType: 'HOSPITAL' })
    .expect(201)
  return logIn(api, email)
}

/** Registers an ambulance agency by its first user, who administers it, and logs the user in. `user.agencyId` is its id. */
export async function registerAgency(
  api: Api,
  name = 'Lantern Ambulance',
): Promise<Session & { readonly user: { readonly agencyId: string } }> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@flows.example.invalid`
  await api
    .post('/api/auth/ems/register')
    .send({ email, password, name: 'Mika Medic', agencyName: name, latitude: -47.4, longitude: -123.6 })
    .expect(201)
  return (await logIn(api, email)) as Awaited<ReturnType<typeof registerAgency>>
}
