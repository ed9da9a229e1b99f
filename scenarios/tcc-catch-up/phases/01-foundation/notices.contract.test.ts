import { expect, flow } from 'phaseproof/contract'
import { logInAdmin } from '../../flows/sessions.ts'

flow(
  'notices of the snapshot are read by the user they are for, before new ones can be written',
  async ({ api, db }) => {
    const admin = await logInAdmin(api)
    await db.query(
      `UPDATE "system_analytics" SET "userId" = $1, "metricValue" = jsonb_set("metricValue", '{read}', 'false')
      WHERE "metricName" = 'notification'
        AND "id" IN (SELECT "id" FROM "system_analytics" WHERE "metricName" = 'notification' ORDER BY "id" LIMIT 2)`,
      [admin.user.id],
    )
    await db.query(
      `DELETE FROM "system_analytics" WHERE "userId" = $1 AND "metricValue" -> 'read' = 'true'`,
      [admin.user.id],
    )
    const { rows } = await db.query(
      `SELECT "id" FROM "system_analytics" WHERE "userId" = $1 ORDER BY "timestamp" DESC, "id"`,
      [admin.user.id],
    )

    const list = await admin.get('/api/notifications').expect(200)
    expect(list.body.data.map(({ id }: { id: string }) => ({ id }))).toEqual(rows)
    const first = await admin.put(`/api/notifications/${rows[0].id}/read`).expect(200)
    expect(first.body.data.metricValue.read).toBe(true)
    const rest = await admin.put('/api/notifications/read-all').expect(200)
    expect(rest.body.data).toEqual({ updated: rows.length - 1 })
  },
)
