/** People and their transports. The rows have the mix of a real table: ids, a name, ways to reach a person, dates, a document, notes. */
export const SCHEMA = `
  CREATE TABLE transport (id text PRIMARY KEY, "number" text UNIQUE, "patientId" text, patient text, phone text, email text, "from" text, "to" text,
    zip text, level text, status text, "scheduledAt" timestamp(3), "createdAt" timestamp(3), "updatedAt" timestamp(3), miles numeric(8,2),
    oxygen boolean, doc jsonb, notes text)`

/** Fills the table with as many rows as its parameter says. */
export const FILL = `
  INSERT INTO transport
  SELECT 'c' || substr(md5(i::text) || md5((i * 7)::text), 1, 24), 'TRP-' || lpad(i::text, 8, '0'), 'PT-' || lpad((i % 50000)::text, 6, '0'),
         'Person ' || (i % 9000) || ' Surname' || (i % 700), '212-867-' || lpad((i % 10000)::text, 4, '0'), 'person' || i || '@mail.example',
         (i % 9000) || ' Orchard Lane', (i % 800) || ' Mill Road', lpad((i % 99999)::text, 5, '0'), (ARRAY['BLS','ALS','CCT'])[1 + i % 3],
         (ARRAY['PENDING','DONE','CANCELLED'])[1 + i % 3], t, t - interval '1 day', t + interval '2 days', (i % 9000) / 7.0, i % 2 = 0,
         jsonb_build_object('source', 'web', 'steps', jsonb_build_array(i % 7, i % 11), 'by', 'user ' || (i % 300)),
         CASE WHEN i % 3 = 0 THEN repeat('Patient asked for a window, and for a call before departure. ', 1 + i % 5) END
    FROM generate_series(1, $1::int) i, LATERAL (SELECT timestamp '2020-01-01' + i * interval '97 seconds' AS t) m`

const keep = { rule: 'keep', because: 'measured' }
const moment = { type: 'timestamp(3) without time zone', rule: 'date-shift' }
const text = (rule: object) => ({ type: 'text', ...rule })
/** A policy that masks what names or describes a person. */
export const POLICY = JSON.stringify({
  format: 1,
  claims: 'none',
  reasons: { measured: { reason: 'invented', owner: 'the measurements', expires: '2099-12-31' } },
  tables: {
    'public.transport': {
      subject: { kind: 'patient', column: 'patientId' },
      columns: {
        id: text({ rule: 'surrogate', class: 'transport' }),
        number: text({ rule: 'surrogate', class: 'number', prefix: 'TRP-' }),
        patientId: text({ rule: 'surrogate', class: 'patient' }),
        patient: text({ rule: 'name' }),
        phone: text({ rule: 'phone' }),
        email: text({ rule: 'email' }),
        from: text({ rule: 'address', part: 'street' }),
        to: text({ rule: 'address', part: 'street' }),
        zip: text({ rule: 'zip3' }),
        level: text(keep),
        status: text(keep),
        scheduledAt: moment,
        createdAt: moment,
        updatedAt: moment,
        miles: { type: 'numeric(8,2)', ...keep },
        oxygen: { type: 'boolean', ...keep },
        doc: {
          type: 'jsonb',
          rule: 'json',
          paths: { '$.source': keep, '$.steps[]': keep, '$.by': { rule: 'name' } },
        },
        notes: text({ rule: 'free-text' }),
      },
    },
  },
})
