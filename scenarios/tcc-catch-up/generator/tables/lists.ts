import { toCreatedAndUpdated, toMoment } from '../clock.ts'
import { DIAGNOSES, INSURANCES, MOBILITY, TRANSPORT_LEVELS, URGENCY_LEVELS } from '../invented/care.ts'
import { type Row, type RowWithId, toRows } from '../row.ts'

export type Category = RowWithId & { readonly slug: string }
export type Option = RowWithId & { readonly category: string; readonly isActive: boolean }

/** Slug, name and first options of each list. The first six are the ones that the migration of the lists makes. */
const LISTS = [
  ['transport-level', 'Transport Level', TRANSPORT_LEVELS],
  ['urgency', 'Urgency', URGENCY_LEVELS],
  ['diagnosis', 'Diagnosis', DIAGNOSES],
  ['mobility', 'Mobility', MOBILITY],
  ['insurance', 'Insurance', INSURANCES],
  ['special-needs', 'Special Needs', ['Hearing aid', 'Interpreter']],
  ['secondary-insurance', 'Secondary Insurance', ['None']],
] as const

/** dropdown_categories, the last one switched off. */
export function toCategories(seed: string): readonly Category[] {
  return toRows(`${seed}/dropdown_categories`, LISTS.length, (dice, index) => {
    const [slug, displayName] = LISTS[index] as (typeof LISTS)[number]
    return {
      id: `dropdown-category-${slug}`,
      slug,
      displayName,
      displayOrder: index + 1,
      isActive: slug !== 'secondary-insurance',
      ...toCreatedAndUpdated(dice, toMoment(dice)),
    }
  })
}

/**
 * dropdown_options: the options that every list starts with, then more. Every fifteenth belongs to no list or to a
 * slug that no list has.
 */
export function toOptions(seed: string, count: number, categories: readonly Category[]): readonly Option[] {
  const first = LISTS.flatMap(([slug, , values]) =>
    values.map((value) => ({ slug: slug as string, value: value as string })),
  )
  return toRows(`${seed}/dropdown_options`, count, (dice, index) => {
    const category = dice.pick(categories)
    const { slug, value } = first[index] ?? { slug: category.slug, value: `${category.slug} option ${index}` }
    const untied = index >= first.length && index % 15 === 0
    return {
      id: dice.id(),
      category: untied && index % 30 === 0 ? 'old-list' : slug,
      categoryId: untied ? null : `dropdown-category-${slug}`,
      value,
      isActive: index < first.length || dice.chance(0.85),
      ...toCreatedAndUpdated(dice, toMoment(dice)),
    }
  })
}

/** dropdown_category_defaults: the first option of each of the six lists in use. */
export function toCategoryDefaults(
  seed: string,
  categories: readonly Category[],
  options: readonly Option[],
): readonly Row[] {
  const used = categories.slice(0, 6)
  return toRows(`${seed}/dropdown_category_defaults`, used.length, (dice, index) => {
    const { slug } = used[index] as Category
    return {
      id: dice.id(),
      category: slug,
      optionId: (options.find((option) => option.category === slug) as Option).id,
      ...toCreatedAndUpdated(dice, toMoment(dice)),
    }
  })
}
