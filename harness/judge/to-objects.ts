import type { CatalogObject, CatalogProperty, SchemaModel } from '../model/schema-model.ts'
import { toShortName } from './look-up.ts'

/** All objects outside tables in one form: those of the typed parts of the model get a `definition`. */
export function toObjects(schema: SchemaModel): CatalogObject[] {
  const objects = new Map<string, CatalogObject>()
  for (const object of [...schema.objects, ...typedObjects(schema)]) {
    const key = `${object.kind} ${object.name}`
    const properties = [...(objects.get(key)?.properties ?? []), ...object.properties]
    objects.set(key, { ...object, properties })
  }
  return [...objects.values()]
}

/** `view v`, `schema app`: how a difference calls an object. */
export function toObjectName({ kind, name }: CatalogObject): string {
  return `${kind} ${toShortObjectName(name)}`.trimEnd()
}

/** As a phase lists it under `changes`: relations, types, functions and extensions by name, all else with its kind: `schema app`. */
export function toWrittenName(object: CatalogObject): string {
  return BY_NAME.has(object.kind) ? toShortObjectName(object.name) : toObjectName(object)
}

const BY_NAME = new Set([
  'table',
  'view',
  'foreign table',
  'sequence',
  'enum',
  'domain',
  'type',
  'function',
  'aggregate',
  'extension',
])

/** A dot among the arguments of a function says nothing of the function's own namespace. */
function toShortObjectName(name: string): string {
  const [own = name] = name.split(/[( ]/)
  return toShortName(own) + name.slice(own.length)
}

function typedObjects({ enums, sequences, views, functions, extensions }: SchemaModel): CatalogObject[] {
  const qualified = ({ namespace, name }: { namespace: string; name: string }) => `${namespace}.${name}`
  return [
    ...enums.map((type) => defined('enum', qualified(type), type.values.join(', '))),
    ...sequences.map((sequence) => defined('sequence', qualified(sequence), toSequenceDefinition(sequence))),
    ...views.map(({ name, definition }) => defined('view', name, definition)),
    ...functions.map(({ name, definition }) => defined('function', name, definition)),
    ...extensions.map(({ name, version }) => defined('extension', name, version)),
  ]
}

function defined(kind: string, name: string, definition: string): CatalogObject {
  const property: CatalogProperty = { name: 'definition', definition, effect: 'behaviour' }
  return { kind, name, properties: [property] }
}

function toSequenceDefinition({ type, increment, ownedBy }: SchemaModel['sequences'][number]): string {
  const owner = ownedBy === null ? '' : ` owned by ${ownedBy.table}.${ownedBy.column}`
  return `${type} by ${increment}${owner}`
}
