import bcrypt from 'bcryptjs'
import type { Client } from 'pg'
import { expect, flow, test } from 'phaseproof/contract'
import { describe } from 'vitest'

const nurse = { email: 'nurse@harbor.example.invalid', password: 'Harbor-42' }
const refusal = { success: false, error: expect.any(String) }

describe('login of a healthcare user', () => {
  for (const path of ['/api/auth/healthcare/login', '/api/auth/login']) {
    flow(`at ${path} lets the user in, names the facility, and writes when`, async ({ api, db }) => {
      await insertNurse(db)

      const response = await api.post(path).send(nurse).expect(200)

      expect(response.body).toEqual({
        success: true,
        message: 'Login successful',
        user: {
          id: 'nurse-of-the-test',
          email: nurse.email,
          name: 'Noor Nurse',
          userType: 'HEALTHCARE',
          facilityName: 'Harbor Clinic',
          facilityType: 'HOSPITAL',
          manageMultipleLocations: false,
          orgAdmin: false,
        },
        token: expect.any(String),
        mustChangePassword: false,
      })
      const { rows } = await db.query(
        `SELECT "lastLogin" > (now() AT TIME ZONE 'UTC') - interval '1 minute' AS "isRecent"
           FROM "healthcare_users" WHERE "email" = $1`,
        [nurse.email],
      )
      expect(rows).toEqual([{ isRecent: true }])
    })
  }

  test('gives a token that tells who its bearer is', async ({ api, db }) => {
    await insertNurse(db)
    const { body } = await api.post('/api/auth/healthcare/login').send(nurse).expect(200)

    const response = await api.get('/api/auth/verify').auth(body.token, { type: 'bearer' }).expect(200)

    expect(response.body.user).toEqual({
      id: 'nurse-of-the-test',
      email: nurse.email,
      name: 'Noor Nurse',
      userType: 'HEALTHCARE',
    })
  })

  test('says when the password has to be changed', async ({ api, db }) => {
    await insertNurse(db, { mustChangePassword: true })

    const response = await api.post('/api/auth/healthcare/login').send(nurse).expect(200)

    expect(response.body.mustChangePassword).toBe(true)
  })

  for (const [who, change, code] of [
    ['a deactivated user', { isActive: false }, 'account-inactive'],
    ['a soft-deleted user', { isDeleted: true }, 'invalid-credentials'],
  ] as const) {
    for (const path of ['/api/auth/healthcare/login', '/api/auth/login']) {
      test(`at ${path} refuses ${who}`, async ({ api, db }) => {
        await insertNurse(db, change)
        const response = await api.post(path).send(nurse).expect(401)
        expect(response.body).toEqual({ ...refusal, code })
      })
    }
  }

  for (const [what, body] of Object.entries({
    'a wrong password': { ...nurse, password: 'harbor-42' },
    'an unknown e-mail': { ...nurse, email: 'nobody@harbor.example.invalid' },
    'a user of the control center': {
      email: 'admin@tcc.example.invalid',
      password: 'Phaseproof-Test-1!',
    },
  })) {
    test(`refuses ${what}`, async ({ api, db }) => {
      await insertNurse(db)
      const response = await api.post('/api/auth/healthcare/login').send(body).expect(401)
      expect(response.body).toEqual({ ...refusal, code: 'invalid-credentials' })
    })
  }
})

test('the common login calls an unknown e-mail unknown, now that every kind of user has a table', async ({
  api,
}) => {
  const body = { ...nurse, email: 'nobody@harbor.example.invalid' }

  const response = await api.post('/api/auth/login').send(body).expect(401)

  expect(response.body).toEqual({ ...refusal, code: 'invalid-credentials' })
})

async function insertNurse(
  db: Client,
  { isActive = true, isDeleted = false, mustChangePassword = false } = {},
): Promise<void> {
  await db.query(
    `INSERT INTO "healthcare_users"
       ("id", "email", "password", "name", "facilityName", "facilityType", "isActive", "isDeleted", "mustChangePassword", "updatedAt")
     VALUES ('nurse-of-the-test', $1, $2, 'Noor Nurse', 'Harbor Clinic', 'HOSPITAL', $3, $4, $5, now())`,
    [nurse.email, await bcrypt.hash(nurse.password, 4), isActive, isDeleted, mustChangePassword],
  )
}
