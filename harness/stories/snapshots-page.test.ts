import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parsePolicy } from '../ground/snapshot-format/parse-policy.ts'

it('the policy of docs/snapshots.md is one', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/snapshots.md'), 'utf8')
  const [, policy] = page.match(/```yaml\n(.*?)```/s) ?? []
  const parsed = parsePolicy(policy ?? '')
  expect(parsed).toMatchObject({ ok: true })
  if (parsed.ok) expect(Object.keys(parsed.policy.tables)).toHaveLength(4)
})
