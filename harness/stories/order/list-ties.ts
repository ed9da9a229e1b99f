import type { Migration } from '../../model/history.ts'
import type { Tie } from '../../model/order.ts'
import { readTouches, type Touches } from '../plan/read-touches.ts'

/** What migrations of two phases have in common: first what the earlier ones create, then what both change. Reads no database. */
export async function listTies(
  earlier: readonly Migration[],
  later: readonly Migration[],
): Promise<readonly Tie[]> {
  const [was, is] = await Promise.all([readTouches(earlier), readTouches(later)])
  const named = toPlaces(is, later, ['creates', 'changes', 'drops', 'needs'])
  const created = toPlaces(was, earlier, ['creates'])
  const changed = toPlaces(was, earlier, ['changes', 'drops'])
  const toTies = (places: ReadonlyMap<string, string>, isCreated: boolean) =>
    [...places].flatMap(([object, place]): Tie[] => {
      const use = named.get(object)
      return use === undefined ? [] : [{ object, isCreated, earlier: place, later: use }]
    })
  const isNamedAlready = ({ object }: Tie) => created.has(object)
  return [...toTies(created, true), ...toTies(changed, false).filter((tie) => !isNamedAlready(tie))]
}

type Kind = 'creates' | 'changes' | 'drops' | 'needs'

function toPlaces(
  touches: readonly Touches[],
  migrations: readonly Migration[],
  kinds: readonly Kind[],
): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  for (const entry of touches) {
    const file = migrations.find(({ name }) => name === entry.migration)?.file ?? entry.migration
    for (const kind of kinds)
      for (const [object, line] of entry[kind]) if (!places.has(object)) places.set(object, `${file}:${line}`)
  }
  return places
}
