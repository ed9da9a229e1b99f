import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Proof } from '../../harness/model/proof.ts'
import { renderReport } from '../../harness/proof/report/render-report.ts'
import { findingsOf, ofKinds } from '../../harness/proof/report/report-findings.ts'
import { type ProvingAll, proveAll } from '../../harness/testing/prove-all.ts'
import scenario from './scenario.ts'
import '../../harness/vitest/provided.ts'

let proving: ProvingAll
let proof: Proof

beforeAll(async () => {
  proving = proveAll(join(import.meta.dirname, '../..'), [scenario.name], inject('postgresAddress'))
  proof = await proving.proofOf(scenario.name)
}, 300_000)

afterAll(() => proving.stop())

function byHandOf(name: string) {
  return ofKinds(proof, 'unfit-by-hand').find(({ migration }) => migration.endsWith(name))
}

function idleOf(phase: number): readonly string[] {
  return ofKinds(proof, 'rollback-incomplete').find((finding) => finding.phase === phase)?.idle ?? []
}

describe('the plan as it was written', () => {
  it('is disproven, in every one of its phases', () => {
    expect(proof.verdict).toBe('disproven')
    expect(proof.phases.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 9 }, () => 'failed'))
  })

  it('would apply nothing with the command that it recommends', () => {
    expect(proof.deploy).toEqual({ command: 'prisma migrate deploy', recorded: 30, applied: [] })
    const passedOver = ofKinds(proof, 'migration-outside-phase', 'unfit-by-hand')
    expect(passedOver.map(({ migration }) => migration)).toHaveLength(30)
  })

  it('counts on recorded migrations of which nothing is in production', () => {
    const left = (proof.history ?? []).filter(({ leaves }) => leaves === 'nothing-left')
    const empty = (proof.history ?? []).filter(({ leaves }) => leaves === 'makes-nothing')
    expect(left).toHaveLength(14)
    expect(empty.map(({ migration }) => migration)).toEqual([
      '20250909171727_remove_ison_duty_field',
      '20250917170718_add_insurance_company_column',
      '20250917170740_add_pricing_models',
    ])
    expect(left.map(({ migration }) => migration)).toContain('20250909155719_q')
  })

  it('is told of the file that was edited after it ran', () => {
    const edited = (proof.history ?? []).filter(({ verdict }) => verdict === 'edited')
    expect(edited.map(({ migration }) => migration)).toEqual(['20251031133000_add_patient_age_fields'])
  })

  it('calls 13 tables missing that are there, and one there that is missing', () => {
    const claims = ofKinds(proof, 'claim-wrong').map(({ claimed, tables }) => [
      claimed,
      tables.map(({ table, rows }) => `${table} ${rows}`),
    ])
    expect(claims).toEqual([
      ['there', ['units null']],
      [
        'missing',
        [
          'healthcare_users 80',
          'healthcare_locations 80',
          'healthcare_agency_preferences 80',
          'healthcare_destinations 0',
          'transport_requests 80',
          'ems_users 80',
          'ems_agencies 40',
          'dropdown_categories 7',
          'dropdown_options 40',
          'pickup_locations 80',
          'route_optimization_settings 40',
          'trip_cost_breakdown 0',
          'cost_centers 40',
        ],
      ],
    ])
  })

  it('drops four tables in phase 1, called low risk, two of them with 160 rows', () => {
    const run = byHandOf('add_center_tables')?.run
    expect(run?.lost.map(({ object, rows }) => [object, rows])).toEqual([
      ['table ems_users', 80],
      ['table transport_requests', 80],
    ])
    expect(run?.absent).toEqual(['crew_roles', 'units'])
  })

  it('drops tables with rows in five later phases too', () => {
    const phases = ofKinds(proof, 'unfit-by-hand').filter(({ run }) => run.lost.length > 0)
    expect([...new Set(phases.map(({ phase }) => phase))]).toEqual([1, 4, 5, 6, 7, 9])
  })

  it('has phases that need what later ones create', () => {
    const needs = ofKinds(proof, 'unfit-by-hand').flatMap(({ phase, run }) =>
      run.needs.map((need) => `phase ${phase} needs ${need.object} of phase ${need.phase}`),
    )
    expect(needs).toEqual([
      'phase 1 needs units of phase 4',
      'phase 1 needs crew_roles of phase 7',
      'phase 4 needs units of phase 6',
      'phase 7 needs units of phase 9',
    ])
  })

  it('expects tables that no migration brings', () => {
    const missing = ofKinds(proof, 'missing-table').map(({ table }) => table)
    for (const table of ['agency_responses', 'pricing_models', 'notification_logs', 'units'])
      expect(missing).toContain(table)
  })

  it('rolls back with statements that do nothing, and with others that drop what was there', () => {
    expect(idleOf(1)).toHaveLength(6)
    expect(idleOf(1)[0]).toBe('line 2: ALTER TABLE center_users DROP COLUMN IF EXISTS deletedAt')
    expect(idleOf(4)).toContain('line 6: ALTER TABLE trips DROP COLUMN IF EXISTS patientAgeYears')
    const lost = ofKinds(proof, 'rollback-incomplete').flatMap(({ differences }) => differences)
    expect(lost).toContain('ems_users: all 80 rows are lost')
    expect(lost).toContain('transport_requests: all 80 rows are lost')
  })

  it('is shown the smallest way forward, proven', () => {
    const { wayForward } = proof
    expect(wayForward?.isProven, wayForward?.proof).toBe(true)
    expect(wayForward?.statements.filter((sql) => sql.startsWith('CREATE TABLE'))).toHaveLength(7)
    expect(wayForward?.statements.filter((sql) => /\bDROP (?!NOT NULL)/.test(sql))).toEqual([])
    expect(wayForward?.left).toContain('table agencies is extra')
  })

  it('ends in a report that tells the most important first', async () => {
    // What rehearsals and limits say grows with what is rehearsed at all, and holds durations.
    const report = renderReport({ ...proof, rehearsals: [], limits: [] }, scenario)
    expect([...report.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'What a deploy does',
      'What the history says',
      'What the plan says of production, and is not so',
      'What would become of rows',
      'What phases need of later ones',
      'Rollbacks',
      'What else was found',
      'The smallest way forward',
    ])
    for (const { kind } of findingsOf(proof).filter((one) => one.kind === 'schema-differs'))
      expect(report).toContain(kind)
    await expect(report).toMatchFileSnapshot('./disproven.golden.md')
  })
})
