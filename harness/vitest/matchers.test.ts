import { describe, expect, it } from 'vitest'
import type { SchemaModel } from '../model/schema-model.ts'
import './matchers.ts'

const schema: SchemaModel = {
  tables: [
    {
      namespace: 'public',
      name: 'units',
      persistence: 'permanent',
      rowSecurity: false,
      columns: [
        { name: 'id', type: 'integer', nullable: false, default: null, generated: null, collation: null },
        {
          name: 'status',
          type: 'text',
          nullable: false,
          default: "'AVAILABLE'::text",
          generated: null,
          collation: null,
        },
      ],
      constraints: [
        {
          name: 'units_agencyId_fkey',
          kind: 'foreign-key',
          columns: ['agencyId'],
          definition: 'FOREIGN KEY ("agencyId") REFERENCES agencies(id) ON UPDATE CASCADE ON DELETE SET NULL',
          validated: true,
          deferrable: false,
          initiallyDeferred: false,
          noInherit: false,
          disabledOn: [],
          references: {
            table: 'public.agencies',
            columns: ['id'],
            onDelete: 'SET NULL',
            onUpdate: 'CASCADE',
            setColumns: [],
            match: 'SIMPLE',
            orphans: 0,
          },
        },
      ],
      indexes: [
        {
          name: 'units_status_idx',
          method: 'btree',
          keys: ['status'],
          bareKeys: ['status'],
          include: [],
          unique: false,
          nullsNotDistinct: false,
          parameters: [],
          primary: false,
          where: null,
          valid: true,
          ready: true,
          definition: 'CREATE INDEX units_status_idx ON public.units USING btree (status)',
        },
      ],
      triggers: [],
      policies: [],
      properties: [],
    },
  ],
  enums: [],
  sequences: [],
  views: [],
  functions: [],
  extensions: [],
  objects: [],
}
const finished = {
  checksum: '',
  startedAt: '2026-01-06',
  finishedAt: '2026-01-06',
  rolledBackAt: null,
  appliedSteps: 1,
  logs: null,
}
const inspected = {
  schema,
  history: [
    { ...finished, name: '1_done' },
    { ...finished, name: '2_half', finishedAt: null },
    { ...finished, name: '3_undone', rolledBackAt: '2026-01-07' },
  ],
}

describe('the matchers of a database', () => {
  it('pass on what is there', () => {
    expect(inspected).toHaveTable('units')
    expect(inspected).toHaveTable('public.units')
    expect(inspected).toHaveColumn('units', 'id', { type: 'int4', nullable: false, default: null })
    expect(inspected).toHaveColumn('units', 'status', { default: "'AVAILABLE'" })
    expect(inspected).toHaveIndex('units', ['status'], { unique: false, where: null })
    expect(inspected).toHaveForeignKey('units', ['agencyId'], {
      references: 'agencies',
      onDelete: 'SET NULL',
      onUpdate: 'CASCADE',
    })
    expect(inspected).toHaveAppliedMigration('1_done')
  })

  it('pass, negated, on what is not there or is otherwise', () => {
    expect(inspected).not.toHaveTable('trips')
    expect(inspected).not.toHaveColumn('trips', 'id')
    expect(inspected).not.toHaveColumn('units', 'name')
    expect(inspected).not.toHaveColumn('units', 'id', { type: 'bigint' })
    expect(inspected).not.toHaveColumn('units', 'id', { nullable: true })
    expect(inspected).not.toHaveColumn('units', 'status', { default: null })
    expect(inspected).not.toHaveIndex('units', ['status'], { unique: true })
    expect(inspected).not.toHaveForeignKey('units', ['agencyId'], {
      references: 'agencies',
      onDelete: 'CASCADE',
    })
    expect(inspected).not.toHaveAppliedMigration('2_half')
    expect(inspected).not.toHaveAppliedMigration('3_undone')
    expect(inspected).not.toHaveAppliedMigration('4_never')
  })

  it('do not take an index that is not valid', () => {
    const tables = schema.tables.map((table) => ({
      ...table,
      indexes: table.indexes.map((index) => ({ ...index, valid: false })),
    }))
    expect({ ...inspected, schema: { ...schema, tables } }).not.toHaveIndex('units', ['status'])
  })

  it('do not take a foreign key that was never validated', () => {
    const tables = schema.tables.map((table) => ({
      ...table,
      constraints: table.constraints.map((key) => ({ ...key, validated: false })),
    }))
    expect({ ...inspected, schema: { ...schema, tables } }).not.toHaveForeignKey('units', ['agencyId'], {
      references: 'agencies',
    })
  })

  it('say what they wanted and what they found', () => {
    expect(() => expect(inspected).toHaveColumn('units', 'status', { type: 'integer' })).toThrow(
      /units\.status as .*integer[\s\S]*found[\s\S]*text/,
    )
    expect(() => expect(inspected).toHaveTable('trips')).toThrow(/table trips[\s\S]*found\s+units/)
  })
})
