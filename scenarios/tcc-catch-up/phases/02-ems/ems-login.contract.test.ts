import bcrypt from 'bcryptjs'
import type { Client } from 'pg'
import { expect, flow, test } from 'phaseproof/contract'
import { describe } from 'vitest'

const agency = { id: 'agency-of-the-test', name: 'Lantern Ambulance' }
const medic = { email: 'medic@lantern.example.invalid', password: 'Lantern-42' }
const refusal = { success: false, error: expect.any(String) }

describe('login of an EMS user', () => {
  for (const path of ['/api/auth/ems/login', '/api/auth/login']) {
    flow(`at ${path} lets the user in, names the agency, and writes when`, async ({ api, db }) => {
      await insertMedic(db)

      const response = await api.post(path).send(medic).expect(200)

      expect(response.body).toEqual({
        success: true,
        message: 'Login successful',
        user: {
          id: 'medic-of-the-test',
          email: medic.email,
          name: 'Mika Medic',
          userType: 'EMS',
          agencyName: agency.name,
          agencyId: agency.id,
          orgAdmin: false,
        },
        token: expect.any(String),
        mustChangePassword: false,
      })
      const { rows } = await db.query(
        `SELECT "lastLogin" > (now() AT TIME ZONE 'UTC') - interval '1 minute' AS "isRecent"
           FROM "ems_users" WHERE "email" = $1`,
        [medic.email],
      )
      expect(rows).toEqual([{ isRecent: true }])
    })

    test(`at ${path} gives a token of the user, not of the agency`, async ({ api, db }) => {
      await insertMedic(db)
      const { body } = await api.post(path).send(medic).expect(200)

      const response = await api.get('/api/auth/verify').auth(body.token, { type: 'bearer' }).expect(200)

      expect(response.body.user).toEqual({
        id: 'medic-of-the-test',
        email: medic.email,
        name: 'Mika Medic',
        userType: 'EMS',
      })
    })
  }

  test('works at the common login while the healthcare users have no table', async ({ api, db }) => {
    await insertMedic(db)
    await db.query('ALTER TABLE IF EXISTS "healthcare_users" RENAME TO "healthcare_users_away"')

    await api.post('/api/auth/login').send(medic).expect(200)
  })

  test('is not tried at the common login when a user before it could be there unread', async ({
    api,
    db,
  }) => {
    await insertMedic(db)
    await db.query('ALTER TABLE "center_users" DROP COLUMN "isDeleted"')

    const response = await api.post('/api/auth/login').send(medic).expect(503)

    expect(response.body).toMatchObject({ ...refusal, code: 'schema-incomplete' })
  })

  test('says when the password has to be changed', async ({ api, db }) => {
    await insertMedic(db, { mustChangePassword: true })

    const response = await api.post('/api/auth/ems/login').send(medic).expect(200)

    expect(response.body.mustChangePassword).toBe(true)
  })

  test('names the agency as it is called now', async ({ api, db }) => {
    await insertMedic(db)
    await db.query(`UPDATE "ems_agencies" SET "name" = 'Beacon Ambulance' WHERE "id" = $1`, [agency.id])

    const response = await api.post('/api/auth/ems/login').send(medic).expect(200)

    expect(response.body.user.agencyName).toBe('Beacon Ambulance')
  })

  test('refuses a user whose agency is gone', async ({ api, db }) => {
    await insertMedic(db)
    await db.query('DELETE FROM "ems_agencies" WHERE "id" = $1', [agency.id])

    const response = await api.post('/api/auth/ems/login').send(medic).expect(401)

    expect(response.body).toEqual({ ...refusal, code: 'account-without-agency' })
  })

  for (const [who, change, code] of [
    ['a deactivated user', { isActive: false }, 'account-inactive'],
    ['a soft-deleted user', { isDeleted: true }, 'invalid-credentials'],
  ] as const) {
    test(`refuses ${who}`, async ({ api, db }) => {
      await insertMedic(db, change)
      const response = await api.post('/api/auth/ems/login').send(medic).expect(401)
      expect(response.body).toEqual({ ...refusal, code })
    })
  }

  for (const [what, body] of Object.entries({
    'a wrong password': { ...medic, password: 'lantern-42' },
    'an unknown e-mail': { ...medic, email: 'nobody@lantern.example.invalid' },
    'a user of the control center': {
      email: 'admin@tcc.example.invalid',
      password: 'Phaseproof-Test-1!',
    },
  })) {
    test(`refuses ${what}`, async ({ api, db }) => {
      await insertMedic(db)
      const response = await api.post('/api/auth/ems/login').send(body).expect(401)
      expect(response.body).toEqual({ ...refusal, code: 'invalid-credentials' })
    })
  }
})

async function insertMedic(
  db: Client,
  { isActive = true, isDeleted = false, mustChangePassword = false } = {},
): Promise<void> {
  await db.query(
    `INSERT INTO "ems_agencies"
       ("id", "name", "contactName", "phone", "email", "address", "city", "state", "zipCode", "updatedAt")
     VALUES ($1, $2, 'Lee Lead', '555-0100', 'desk@lantern.example.invalid', '1 Wick Way', 'Glow', 'PA', '00000', now())`,
    [agency.id, agency.name],
  )
  await db.query(
    `INSERT INTO "ems_users"
       ("id", "email", "password", "name", "agencyName", "agencyId", "isActive", "isDeleted", "mustChangePassword", "updatedAt")
     VALUES ('medic-of-the-test', $1, $2, 'Mika Medic', $3, $4, $5, $6, $7, now())`,
    [
      medic.email,
      await bcrypt.hash(medic.password, 4),
      agency.name,
      agency.id,
      isActive,
      isDeleted,
      mustChangePassword,
    ],
  )
}
