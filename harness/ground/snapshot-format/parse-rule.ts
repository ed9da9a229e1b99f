import * as z from 'zod'
import type { ColumnPolicy, JsonPath, Rule, RuleKind } from '../../model/policy.ts'
import { mapping, named, text } from './fields.ts'
import { type KnownNames, toRuleShapes } from './rule-shapes.ts'
import { splitPath } from './split-path.ts'

/** The schema of a column with its rule. */
export function toColumnSchema(known: KnownNames): z.ZodType<ColumnPolicy> {
  const inside = toRules(known, noDocument, {})
  const paths = named(inside, splitPath, 'is no path such as $.key, $.*, $.list[] or $.below.**').transform(
    (rules) =>
      Object.entries(rules).flatMap(([path, { rule }]): JsonPath[] => {
        const steps = splitPath(path)
        return steps === null ? [] : [{ path, steps, rule: rule as JsonPath['rule'] }]
      }),
  )
  return toRules(known, paths, { type: text() })
}

const noDocument = z.custom<readonly JsonPath[]>(
  () => false,
  'json cannot stand inside json; write a longer path',
)

/** Any of the rules, with other fields beside it. */
function toRules(known: KnownNames, paths: z.ZodType<readonly JsonPath[]>, beside: z.core.$ZodLooseShape) {
  const shapes = toRuleShapes(known, paths)
  const kinds = Object.keys(shapes) as RuleKind[]
  const variants = kinds.map((kind) => mapping({ ...beside, rule: toName(kind, known), ...shapes[kind] }))
  return z
    .discriminatedUnion('rule', variants as [(typeof variants)[0]], {
      error: ({ code }) =>
        code === 'invalid_union' ? `should be one of ${kinds.join(', ')}` : 'should be an object',
    })
    .transform(({ rule, ...fields }) => {
      const { type = '', ...rest } = fields as { readonly type?: string }
      return { type, rule: { kind: rule ?? 'null', ...rest } as Rule }
    })
}

/** The rule that is called null is a null in YAML. */
function toName(kind: RuleKind, { passwordHash }: KnownNames): z.ZodType {
  if (kind === 'null') return z.literal(['null', null])
  const fits = () => kind !== 'password' || passwordHash
  return z.literal(kind).refine(fits, 'needs "passwordHash", the hash of the test password')
}
