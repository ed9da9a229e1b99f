import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compare, getRounds } from 'bcryptjs'
import { expect, it } from 'vitest'
import { parsePolicy } from '../../../harness/ground/snapshot-format/parse-policy.ts'
import { KNOWN_LOGINS, TEST_PASSWORD, TEST_PASSWORD_HASH } from './known-logins.ts'

it('the kept hash is the one of the test password, at the least cost there is', async () => {
  expect(await compare(TEST_PASSWORD, TEST_PASSWORD_HASH)).toBe(true)
  expect(getRounds(TEST_PASSWORD_HASH)).toBe(4)
})

it('the policy of production gives everybody that hash, and leaves the known logins and no others their addresses', async () => {
  const path = join(import.meta.dirname, '../../../snapshots/tcc-production/policy.yaml')
  const parsed = parsePolicy(await readFile(path, 'utf8'))
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'))
  const { passwordHash, tables } = parsed.policy
  expect(passwordHash).toBe(TEST_PASSWORD_HASH)
  const rules = Object.values(tables).flatMap(({ columns }) => Object.values(columns).map(({ rule }) => rule))
  const kept = rules.flatMap((rule) => (rule.kind === 'email' ? rule.keepValues : []))
  expect(kept).toEqual(Object.values(KNOWN_LOGINS.center))
})
