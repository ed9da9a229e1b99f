import type { EndpointCell } from '../model/contract.ts'
import type { StatementCost } from '../model/cost.ts'
import type { DatabaseState, ProofStates } from '../model/database-state.ts'
import type { Finding } from '../model/finding.ts'
import type { PhaseResult, Proof } from '../model/proof.ts'
import type { Phase } from '../model/scenario.ts'
import type { ColumnModel, ConstraintModel, SchemaModel, TableModel } from '../model/schema-model.ts'
import type { Reported } from '../proof/report/render-report.ts'

/** How large an invented proof is, and what everything in it is called. */
interface ExampleSize {
  readonly phases: number
  /** Tables after the last phase; each phase makes an equal share of them. */
  readonly tables: number
  readonly endpoints: number
  /** Put into every name and sentence. */
  readonly name?: string
  readonly findings?: readonly Finding[]
}

/** An invented proof in which each section of a report has something to tell. */
export function makeReportExample({ phases, tables, endpoints, name = '', findings = [] }: ExampleSize): {
  readonly proof: Proof
  readonly states: ProofStates
  readonly scenario: Reported
} {
  const ids = Array.from({ length: phases }, (_, position) => position + 1)
  const share = Math.ceil(tables / phases)
  const toState = (made: number): DatabaseState => {
    const models = Array.from({ length: Math.min(tables, made) }, (_, at) =>
      toTable(`t${at}${name}`, at, made, name),
    )
    return {
      schema: {
        ...NOTHING,
        tables: models,
        enums: [{ namespace: 'public', name: `e${name}`, values: [String(made)] }],
      },
      history: [],
      rowCounts: Object.fromEntries(models.map((table, at) => [`public.${table.name}`, at * 7])),
    }
  }
  const results = ids.map((phase): PhaseResult => {
    const judged = { phase, name: `0${phase}`, title: `Part ${phase}${name}`, expectations: 20, contracts: 3 }
    const done = { ...judged, migrations: [`m${phase}${name}`], replayMs: 40 }
    const own = findings.filter((finding) => finding.phase === phase)
    return own.length > 0
      ? { ...done, outcome: 'failed', findings: own }
      : { ...done, outcome: 'passed', checkpoint: 'k' }
  })
  const states: ProofStates = {
    format: 1,
    scenario: 'shop',
    upTo: phases,
    start: toState(share),
    phases: ids.map((phase) => ({ phase, name: `0${phase}`, after: toState(share * (phase + 1)) })),
  }
  const proof: Proof = {
    format: 1,
    scenario: 'shop',
    upTo: phases,
    verdict: findings.length > 0 ? 'disproven' : 'proven',
    phases: results,
    history: [
      {
        migration: `m0${name}`,
        phase: null,
        verdict: 'executed',
        evidence: [`recorded${name}`],
        present: 1,
        looked: 1,
        absent: [],
        declared: null,
        wayOut: null,
      },
    ],
    about: {
      snapshot: { name: `shop${name}`, digest: 'd'.repeat(64) },
      migrations: Object.fromEntries(ids.map((id) => [`m${id}${name}`, 'a'.repeat(64)])),
      expectations: 'e'.repeat(64),
      postgres: '17.10',
      tool: { name: 'tool', version: '1.0', order: 'bytes', transactionRule: 'one-batch' },
      harness: 'phaseproof 0.1.0',
      server: 's'.repeat(64),
      scaled: null,
      contract: null,
    },
    endpoints: Array.from({ length: endpoints }, (_, at) => ({
      operationId: `op${at}`,
      method: 'get',
      path: `/api/things${at}${name}/{id}`,
      sincePhase: 1,
      cells: [0, ...ids].map(
        (phase): EndpointCell => ({
          phase,
          ...(phase === 0 && at === 1 ? DEAD : at === 2 ? REFUSED : ALIVE),
        }),
      ),
    })),
    preconditions: [
      {
        phase: 1,
        migration: `m1${name}`,
        file: `migrations/m1${name}/migration.sql`,
        line: 3,
        endLine: 3,
        statement: `ALTER TABLE${name}`,
        kind: 'fails',
        counts: `rows without a note${name}`,
        sql: null,
        reason: null,
        isLowerBound: false,
        snapshot: { rows: 0 },
        production: null,
      },
    ],
    rehearsals: ids.flatMap((phase) => [
      {
        phase,
        experiment: 'rollback',
        outcome: 'held' as const,
        says: `Led back${name}.`,
        details: [`so${name}`],
      },
      {
        phase,
        experiment: 'cost',
        outcome: 'held' as const,
        says: 'It was quick.',
        statements: [toStatement(`public.t0${name}`, name)],
        recipes: [
          {
            migration: `m${phase}${name}`,
            file: `f${name}`,
            stopped: `before line 2${name}`,
            remains: 'Nothing.',
            commands: [`tool deploy${name}`],
          },
        ],
      },
    ]),
    accepted: [`a difference${name}`],
    limits: [`Rights were not shown${name}.`],
    takenAt: '2026-01-06T10:00:00.000Z',
    durationMs: 61_000,
  }
  return { proof, states, scenario: { title: `The shop${name}`, phases: ids.map((id) => toPhase(id, name)) } }
}

const ALIVE = { status: 200, outcome: 'alive' } as const
const DEAD = { status: 503, outcome: 'dead' } as const
const REFUSED = { status: 400, outcome: 'refused' } as const

const NOTHING: SchemaModel = {
  tables: [],
  enums: [],
  sequences: [],
  views: [],
  functions: [],
  extensions: [],
  objects: [],
}

function toTable(name: string, at: number, made: number, suffix: string): TableModel {
  const columns = ['id', 'parent', 'note', ...(at === 0 ? [`column${made}`] : [])]
  const key: ConstraintModel = {
    name: `${name}_fk`,
    kind: 'foreign-key',
    columns: ['parent'],
    definition: 'FOREIGN KEY (parent) REFERENCES t(id)',
    validated: true,
    deferrable: false,
    initiallyDeferred: false,
    noInherit: false,
    disabledOn: [],
    references: {
      table: `public.t${Math.floor(at / 3)}${suffix}`,
      columns: ['id'],
      onDelete: 'NO ACTION',
      onUpdate: 'NO ACTION',
      setColumns: [],
      match: 'SIMPLE',
      orphans: 0,
    },
  }
  return {
    namespace: 'public',
    name,
    columns: columns.map((column) => toColumn(column + suffix)),
    constraints: [key],
    indexes: [],
    triggers: [],
    policies: [],
    persistence: 'permanent',
    rowSecurity: false,
    properties: [],
  }
}

function toColumn(name: string): ColumnModel {
  return { name, type: 'text', nullable: true, default: null, generated: null, collation: null }
}

function toStatement(relation: string, name: string): StatementCost {
  return {
    migration: `m${name}`,
    file: `migrations/m${name}/migration.sql`,
    line: 4,
    statement: `ALTER TABLE${name} …`,
    transaction: 1,
    durationMs: 12,
    locks: [{ relation, mode: 'AccessExclusiveLock', heldMs: 12, seen: 'transaction' }],
    rewrites: [{ relation, reason: 'another type', bytes: 8192 }],
    scans: [],
    said: [],
    rows: 5,
    walBytes: 100,
    tempBytes: 0,
    predicted: null,
  }
}

function toPhase(id: number, name: string): Phase {
  return {
    id,
    name: `0${id}`,
    title: `Part ${id}${name}`,
    goal: `Bring part ${id}${name}`,
    risk: id % 2 === 0 ? 'high' : 'low',
    dependsOn: id > 1 ? [id - 1] : [],
    estimateMinutes: 15 * id,
    migrations: [`m${id}${name}`],
    changes: ['*'],
    rewrites: [{ column: `t0.note${name}`, rows: 3, how: `upper(note)${name}` }],
    expect: [],
  }
}
