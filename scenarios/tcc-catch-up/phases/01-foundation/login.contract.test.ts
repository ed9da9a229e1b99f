import type { Client } from 'pg'
import { expect, flow, test } from 'phaseproof/contract'
import { describe } from 'vitest'

const admin = { email: 'admin@tcc.example.invalid', password: 'Phaseproof-Test-1!' }
const refusal = { success: false, error: expect.any(String) }

describe('login of the control center', () => {
  flow('lets an administrator of the snapshot in, and writes when', async ({ api, db }) => {
    const response = await api.post('/api/auth/login').send(admin).expect(200)

    expect(response.body).toEqual({
      success: true,
      message: 'Login successful',
      user: { id: expect.any(String), email: admin.email, name: expect.any(String), userType: 'ADMIN' },
      token: expect.any(String),
      mustChangePassword: false,
    })
    const { rows } = await db.query(
      `SELECT "lastLogin" BETWEEN (now() AT TIME ZONE 'UTC') - interval '1 minute'
                              AND (now() AT TIME ZONE 'UTC') + interval '1 minute' AS "isRecent"
         FROM "center_users" WHERE "email" = $1`,
      [admin.email],
    )
    expect(rows).toEqual([{ isRecent: true }])
  })

  flow('gives a token that tells who its bearer is', async ({ api }) => {
    const login = await api.post('/api/auth/login').send(admin).expect(200)
    const { id, name } = login.body.user

    const response = await api.get('/api/auth/verify').auth(login.body.token, { type: 'bearer' }).expect(200)

    expect(response.body).toEqual({
      success: true,
      user: { id, email: admin.email, name, userType: 'ADMIN' },
    })
  })

  test('refuses a wrong password, and writes nothing', async ({ api, db }) => {
    const before = await fetchAdmin(db)

    const response = await api
      .post('/api/auth/login')
      .send({ ...admin, password: 'phaseproof-test-1!' })
      .expect(401)

    expect(response.body).toEqual({ ...refusal, code: 'invalid-credentials' })
    expect(await fetchAdmin(db)).toEqual(before)
  })

  test('lets nobody in by an unknown e-mail', async ({ api }) => {
    const response = await api.post('/api/auth/login').send({ ...admin, email: 'nobody@tcc.example.invalid' })

    // 401 when every kind of user could be looked up, 503 as long as a table of users is missing.
    expect([401, 503]).toContain(response.status)
    expect(response.body).toMatchObject(refusal)
    expect(response.body).not.toHaveProperty('token')
  })

  test('does not call an e-mail unknown while a table of users is missing', async ({ api, db }) => {
    await db.query('ALTER TABLE IF EXISTS "healthcare_users" RENAME TO "healthcare_users_away"')

    const response = await api
      .post('/api/auth/login')
      .send({ ...admin, email: 'nobody@tcc.example.invalid' })
      .expect(503)

    expect(response.body).toEqual({
      ...refusal,
      code: 'schema-incomplete',
      meta: { missing: 'public.healthcare_users' },
    })
  })

  test('lets an administrator in while the tables of all other users are missing', async ({ api, db }) => {
    await db.query('ALTER TABLE IF EXISTS "healthcare_users" RENAME TO "healthcare_users_away"')
    await db.query('ALTER TABLE IF EXISTS "ems_users" RENAME TO "ems_users_away"')

    await api.post('/api/auth/login').send(admin).expect(200)
  })

  test('refuses a deactivated user, and the token given before', async ({ api, db }) => {
    const { body } = await api.post('/api/auth/login').send(admin).expect(200)
    await db.query('UPDATE "center_users" SET "isActive" = false WHERE "email" = $1', [admin.email])

    const login = await api.post('/api/auth/login').send(admin).expect(401)
    const verify = await api.get('/api/auth/verify').auth(body.token, { type: 'bearer' }).expect(401)

    expect(login.body).toEqual({ ...refusal, code: 'account-inactive' })
    expect(verify.body).toEqual({ ...refusal, code: 'account-inactive' })
  })

  test('refuses a soft-deleted user, and the token given before', async ({ api, db }) => {
    const { body } = await api.post('/api/auth/login').send(admin).expect(200)
    await db.query('UPDATE "center_users" SET "isDeleted" = true, "deletedAt" = now() WHERE "email" = $1', [
      admin.email,
    ])

    const login = await api.post('/api/auth/login').send(admin)
    const verify = await api.get('/api/auth/verify').auth(body.token, { type: 'bearer' }).expect(401)

    expect([401, 503]).toContain(login.status)
    expect(login.body).not.toHaveProperty('token')
    expect(verify.body).toEqual({ ...refusal, code: 'account-inactive' })
  })

  test('says what is missing when a column is gone, instead of a stack trace', async ({ api, db }) => {
    await db.query('ALTER TABLE "center_users" DROP COLUMN "isDeleted"')

    const response = await api.post('/api/auth/login').send(admin).expect(503)

    expect(response.body).toEqual({
      ...refusal,
      code: 'schema-incomplete',
      meta: { missing: 'center_users.isDeleted' },
    })
  })
})

test('the server is healthy on the migrated database', async ({ api }) => {
  const response = await api.get('/health').expect(200)
  expect(response.body).toMatchObject({ status: 'healthy' })
})

async function fetchAdmin(db: Client): Promise<readonly unknown[]> {
  const { rows } = await db.query('SELECT * FROM "center_users" WHERE "email" = $1', [admin.email])
  expect(rows).toHaveLength(1)
  return rows
}
