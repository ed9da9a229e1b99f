import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { parse, stringify } from 'yaml'
import type { SnapshotManifest } from '../../model/snapshot.ts'
import { parseManifest } from './parse-manifest.ts'
import { parsePolicy } from './parse-policy.ts'

const example = join(import.meta.dirname, '../../../snapshots/tcc-production')
const manifest = JSON.parse(readFileSync(join(example, 'manifest.json'), 'utf8')) as SnapshotManifest
const policy = parse(readFileSync(join(example, 'policy.yaml'), 'utf8')) as { readonly tables: object }

/** A few of the tables, so that hundreds of texts are parsed in a moment. */
const few = {
  manifest: { ...manifest, tables: manifest.tables.slice(0, 3) },
  policy: { ...policy, tables: Object.fromEntries(Object.entries(policy.tables).slice(0, 3)) },
}

/** What production might hold: none of it may ever be read in a fault. */
const secrets = fc.oneof(
  fc.constantFrom(
    'Jane Q. Miller',
    'jane.miller@hospital.example.com',
    '555-867-5309',
    '1961-04-12',
    '4111111111111111',
    '12 Elm Street, Springfield',
    'MRN00918273',
    'k3y/VeryS3cret+Base64==',
  ),
  fc.string({ minLength: 12, maxLength: 40, unit: 'binary' }).map((text) => `${text}@`),
)

/** The document with the secret in place of the value (or of the key) that the steps lead to. */
function plant(node: unknown, steps: readonly number[], secret: unknown, asKey: boolean): unknown {
  const [step = 0, ...rest] = steps
  if (typeof node !== 'object' || node === null || (rest.length === 0 && !asKey)) return secret
  if (Array.isArray(node)) {
    const at = step % Math.max(1, node.length)
    return node.map((one, index) => (index === at ? plant(one, rest, secret, asKey) : one))
  }
  const entries = Object.entries(node)
  const at = step % Math.max(1, entries.length)
  return Object.fromEntries(
    entries.map(([key, value], index) => {
      if (index !== at) return [key, value]
      return asKey && rest.length === 0 ? [secret, value] : [key, plant(value, rest, secret, asKey)]
    }),
  )
}

const places = fc.array(fc.nat(), { minLength: 1, maxLength: 6 })
const numbers = fc.integer({ min: 1e9, max: 1e15 })
const documents = [
  { name: 'a manifest', root: few.manifest, toText: JSON.stringify, parse: parseManifest },
  { name: 'a policy', root: few.policy, toText: (root: unknown) => stringify(root), parse: parsePolicy },
]

describe.each(documents)('a fault of $name', ({ root, toText, parse: parseText }) => {
  const faultsOf = (text: string) => {
    const parsed = parseText(text)
    return parsed.ok ? '' : parsed.faults.join('\n')
  }

  it.prop([places, fc.oneof(secrets, numbers), fc.boolean()], { numRuns: 60 })(
    'quotes no value and no key that is not a name',
    (steps, secret, asKey) => {
      const text = toText(plant(root, steps, asKey ? String(secret) : secret, asKey))
      expect(faultsOf(text)).not.toContain(String(secret))
    },
  )

  it.prop([fc.nat(), secrets, fc.constantFrom('"', ': ', '*', '\n\t- ', '{', '')], { numRuns: 60 })(
    'quotes nothing of a text that cannot be parsed',
    (at, secret, sign) => {
      const text = toText(root)
      const place = at % text.length
      const spoilt = `${text.slice(0, place)}${sign}${secret}${sign}${text.slice(place)}`
      expect(faultsOf(spoilt)).not.toContain(secret)
    },
  )
})

it('is not an idle property: a planted value is refused and said to be there', () => {
  const planted = JSON.stringify({ ...manifest, digest: 'Jane Q. Miller' })
  expect(parseManifest(planted)).toEqual({
    ok: false,
    faults: ['digest: should be a SHA-256 in lower-case hex, is a text of length 14'],
  })
})
