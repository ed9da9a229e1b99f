import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withTemporaryFolder } from '../snapshot/example-source.ts'
import { KEY_VARIABLE, readMaskKey } from './read-mask-key.ts'

const SECRET = 'a secret of the tests only'

describe('readMaskKey', () => {
  it('takes the same key from the environment and from a file with a line end', async () => {
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, 'key')
      await writeFile(file, `${SECRET}\n`)
      const key = await readMaskKey(undefined, { [KEY_VARIABLE]: SECRET })
      expect((await readMaskKey(file, {})).fingerprint).toBe(key.fingerprint)
    })
  })

  it('refuses a missing and a short key without repeating it', async () => {
    await expect(readMaskKey(undefined, {})).rejects.toMatchObject({ code: 'usage' })
    await expect(readMaskKey('/no/such/file', {})).rejects.toThrow(/ENOENT/)
    const error = await readMaskKey(undefined, { [KEY_VARIABLE]: 'too short' }).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'usage' })
    expect(`${error.message}${error.remedy}`).not.toContain('too short')
  })
})
