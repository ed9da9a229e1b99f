import * as z from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'should be a SHA-256 in hex')
const digest = z.looseObject({ sha256 })
const count = z.int().nonnegative()
const durationMs = z.number().nonnegative().describe('A time in ms')
const verdict = z.enum(['proven', 'disproven', 'undecided'])
const role = z.string().nullable().describe('Null: a superuser')

const tool = z.looseObject({
  name: z.string(),
  version: z.string(),
  order: z.string(),
  transactionRule: z.string(),
  namespace: z.string().optional(),
})

const phase = z.looseObject({
  phase: z.int().positive(),
  name: z.string(),
  title: z.string(),
  outcome: z.enum(['passed', 'failed', 'not-run']),
  expectations: count.optional(),
  contracts: count.optional(),
  trials: z.looseObject({ reused: count, of: count }).optional(),
  migrations: z.array(z.string()).optional(),
  replayMs: durationMs.optional(),
  findings: z.array(z.looseObject({ kind: z.string() })).optional(),
  blockedBy: z.string().optional(),
})

const about = z.looseObject({
  snapshot: z.looseObject({ name: z.string(), digest: sha256 }).nullable(),
  migrations: z.record(z.string(), sha256),
  expectations: sha256,
  postgres: z.string(),
  tool,
  harness: sha256,
  server: sha256.nullable(),
  earlierServers: z.record(z.string(), sha256).optional(),
  scaled: z.record(z.string(), count).nullable(),
  contract: sha256.nullable(),
})

const entries = z.array(z.looseObject({}))
const proof = z.looseObject({
  format: z.literal(1),
  scenario: z.string(),
  upTo: z.int().positive(),
  verdict,
  phases: z.array(phase),
  history: entries.optional().describe("Production's history before phase 1, a verdict on each migration"),
  deploy: z.looseObject({}).optional(),
  wayForward: z.looseObject({}).optional(),
  about,
  endpoints: entries.optional().describe('How each endpoint answered after each phase'),
  undecided: z.array(z.string()).optional(),
  preconditions: entries
    .optional()
    .describe('What statements need of the rows before them, as SELECTs that count those in the way'),
  rehearsals: entries.optional(),
  accepted: z.array(z.string()).optional(),
  states: sha256.optional().describe('Of the file beside the proof that holds the states it leads through'),
  limits: z.array(z.string()).describe('What was not shown'),
  takenAt: z.iso.datetime(),
  durationMs,
})

const check = z.looseObject({
  phase: z.int().min(0).nullable(),
  kind: z.enum(['expectation', 'contract', 'endpoints', 'to-do', 'live', 'unknown']),
  file: z.string(),
  name: z.string(),
  state: z.enum(['passed', 'failed', 'not-run']),
  findings: count,
  reused: z.boolean(),
  durationMs,
})

const details = z.looseObject({
  format: z.literal(1),
  scenario: z.string(),
  upTo: z.int().positive(),
  verdict,
  harness: z.looseObject({ name: z.string(), version: z.string(), digest: sha256 }),
  postgres: z.looseObject({ version: z.string(), provider: z.string() }),
  tool,
  commit: z
    .looseObject({ id: z.string().regex(/^[0-9a-f]{40,64}$/), isDirty: z.boolean() })
    .nullable()
    .describe('Null where there is no git'),
  roles: z.looseObject({ owner: role, app: role }),
  start: z
    .looseObject({ schema: sha256, history: sha256, rowCounts: z.record(z.string(), count) })
    .nullable()
    .describe('The state before phase 1: digests of canonical JSON, and rows of every table'),
  run: z.looseObject({
    isFiltered: z.boolean(),
    rehearsals: z.enum(['all', 'some']),
    isWithoutContracts: z.boolean(),
    isScaled: z.boolean(),
    isThorough: z.boolean(),
    reused: z.looseObject({ trials: count, phases: z.array(z.string()) }),
  }),
  checks: z.array(check),
  proof,
})

/** What a statement has to look like. Fields that are not named here are passed over, as in-toto asks. */
export const statementSchema = z.looseObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(z.looseObject({ name: z.string().min(1), digest })),
  predicateType: z.literal('https://in-toto.io/attestation/test-result/v0.1'),
  predicate: z.looseObject({
    result: z.enum(['PASSED', 'FAILED']),
    configuration: z.array(z.looseObject({ name: z.string(), digest })),
    passedTests: z.array(z.string()),
    warnedTests: z.array(z.string()),
    failedTests: z.array(z.string()),
    phaseproof: details,
  }),
})

/** The same as a JSON Schema, for whoever reads statements with something else. */
export function toJsonSchema(): object {
  return { title: 'A proof of Phaseproof as an in-toto statement', ...z.toJSONSchema(statementSchema) }
}
