import type { SqlNode } from './parse-sql.ts'

/** An object as a statement names it, with its namespace: `table public.trips`, `column public.trips.note`. */
export interface NamedObject {
  /** What shares one space of names: tables, views, sequences and indexes are `relation`. */
  readonly space: 'relation' | 'column' | 'constraint' | 'trigger' | 'type' | 'value' | 'schema'
  /** `public.trips`, `public.trips.note`. */
  readonly name: string
  /** As a person names it: `table`, `index`. */
  readonly what: string
}

/** An object that a statement makes. */
export interface MadeObject extends NamedObject {
  /** IF NOT EXISTS: nothing happens where it is there already. */
  readonly isOptional: boolean
}

/** What statements make and remove, with unqualified names in the namespace that a deploy works in. */
interface StatementReader {
  made(node: SqlNode): readonly MadeObject[]
  /** A table stands for its columns, constraints and triggers too. */
  removed(node: SqlNode): readonly NamedObject[]
}

type Of<K extends string> = Extract<SqlNode, Record<K, unknown>> extends Record<K, infer V> ? V : never
type RangeVar = Of<'RangeVar'>

/** Makes a reader for a namespace. */
export function readStatementsIn(namespace: string): StatementReader {
  const named = (range: RangeVar | undefined) => `${range?.schemaname ?? namespace}.${range?.relname}`
  const dotted = (path: readonly SqlNode[] | undefined) => {
    const names = (path ?? []).map((part) => ('String' in part ? (part.String.sval ?? '') : ''))
    return `${names.at(-2) ?? namespace}.${names.at(-1)}`
  }
  const relation = (range: RangeVar | undefined, what: string, isOptional = false): MadeObject[] =>
    range === undefined || range.relpersistence === 't'
      ? []
      : [{ space: 'relation', name: named(range), what, isOptional }]
  const type = (name: string, what: string): MadeObject[] => [
    { space: 'type', name, what, isOptional: false },
  ]

  function addedBy({ relation: target, cmds }: Of<'AlterTableStmt'>): MadeObject[] {
    return (cmds ?? []).flatMap((command): MadeObject[] => {
      const {
        subtype,
        def,
        missing_ok: isOptional = false,
      } = 'AlterTableCmd' in command ? command.AlterTableCmd : {}
      if (def && 'ColumnDef' in def && subtype === 'AT_AddColumn')
        return [
          { space: 'column', name: `${named(target)}.${def.ColumnDef.colname}`, what: 'column', isOptional },
        ]
      const constraint = def && 'Constraint' in def ? def.Constraint.conname : undefined
      return constraint === undefined
        ? []
        : [
            {
              space: 'constraint',
              name: `${named(target)}.${constraint}`,
              what: 'constraint',
              isOptional: false,
            },
          ]
    })
  }

  function droppedBy({ relation: target, cmds }: Of<'AlterTableStmt'>): NamedObject[] {
    return (cmds ?? []).flatMap((command): NamedObject[] => {
      const { subtype, name } = 'AlterTableCmd' in command ? command.AlterTableCmd : {}
      if (subtype === 'AT_DropColumn')
        return [{ space: 'column', name: `${named(target)}.${name}`, what: 'column' }]
      if (subtype !== 'AT_DropConstraint') return []
      return [{ space: 'constraint', name: `${named(target)}.${name}`, what: 'constraint' }]
    })
  }

  return {
    made(node) {
      if ('CreateStmt' in node)
        return relation(node.CreateStmt.relation, 'table', node.CreateStmt.if_not_exists)
      if ('ViewStmt' in node) return relation(node.ViewStmt.view, 'view', node.ViewStmt.replace)
      if ('CreateSeqStmt' in node)
        return relation(node.CreateSeqStmt.sequence, 'sequence', node.CreateSeqStmt.if_not_exists)
      if ('IndexStmt' in node) {
        const { idxname: name, relation: table, if_not_exists: isOptional = false } = node.IndexStmt
        const index = `${table?.schemaname ?? namespace}.${name}`
        return name === undefined ? [] : [{ space: 'relation', name: index, what: 'index', isOptional }]
      }
      if ('CreateEnumStmt' in node) return type(dotted(node.CreateEnumStmt.typeName), 'type')
      if ('AlterEnumStmt' in node) {
        const { typeName, newVal, oldVal, skipIfNewValExists: isOptional = false } = node.AlterEnumStmt
        const name = `${dotted(typeName)}.${newVal}`
        return oldVal ? [] : [{ space: 'value', name, what: 'enum value', isOptional }]
      }
      if ('CreateDomainStmt' in node) return type(dotted(node.CreateDomainStmt.domainname), 'domain')
      if ('CompositeTypeStmt' in node) return type(named(node.CompositeTypeStmt.typevar), 'type')
      if ('CreateSchemaStmt' in node) {
        const { schemaname: name, if_not_exists: isOptional = false } = node.CreateSchemaStmt
        return name === undefined ? [] : [{ space: 'schema', name, what: 'schema', isOptional }]
      }
      if ('CreateTrigStmt' in node) {
        const { trigname, relation: table, replace: isOptional = false } = node.CreateTrigStmt
        return [{ space: 'trigger', name: `${named(table)}.${trigname}`, what: 'trigger', isOptional }]
      }
      return 'AlterTableStmt' in node ? addedBy(node.AlterTableStmt) : []
    },
    removed(node) {
      if ('AlterTableStmt' in node) return droppedBy(node.AlterTableStmt)
      if ('RenameStmt' in node) {
        const { renameType, relation: target, subname, object } = node.RenameStmt
        if (renameType === 'OBJECT_COLUMN')
          return [{ space: 'column', name: `${named(target)}.${subname}`, what: 'column' }]
        if (renameType === 'OBJECT_TABCONSTRAINT')
          return [{ space: 'constraint', name: `${named(target)}.${subname}`, what: 'constraint' }]
        if (renameType === 'OBJECT_TYPE' && object && 'List' in object)
          return [{ space: 'type', name: dotted(object.List.items), what: 'type' }]
        return target ? [{ space: 'relation', name: named(target), what: 'table' }] : []
      }
      if (!('DropStmt' in node)) return []
      const { removeType, objects = [] } = node.DropStmt
      return objects.flatMap((object): NamedObject[] => {
        if ('TypeName' in object)
          return [{ space: 'type', name: dotted(object.TypeName.names), what: 'type' }]
        if ('String' in object) return [{ space: 'schema', name: object.String.sval ?? '', what: 'schema' }]
        if (!('List' in object)) return []
        const path = object.List.items ?? []
        if (removeType !== 'OBJECT_TRIGGER') return [{ space: 'relation', name: dotted(path), what: 'table' }]
        const trigger = path.at(-1)
        const name = trigger && 'String' in trigger ? trigger.String.sval : ''
        return [{ space: 'trigger', name: `${dotted(path.slice(0, -1))}.${name}`, what: 'trigger' }]
      })
    },
  }
}
