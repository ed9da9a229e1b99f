import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { withTemporaryFolder } from './temporary-folder.ts'

const named = (name: string) => readdirSync(tmpdir()).filter((one) => one.startsWith(`phaseproof-${name}-`))

it('gives a folder of our own that is gone afterwards, also when the work fails', async () => {
  const mode = await withTemporaryFolder('ending', async (folder) => {
    expect(dirname(folder)).toBe(tmpdir())
    writeFileSync(join(folder, 'a file'), '')
    return statSync(folder).mode & 0o777
  })
  expect(mode).toBe(0o700)
  const failing = withTemporaryFolder('ending', () => Promise.reject(new Error('its own reason')))
  await expect(failing).rejects.toThrow('its own reason')
  expect(named('ending')).toEqual([])
})

it('removes what a killed process left, and nothing of one that lives', async () => {
  const module = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'temporary-folder.ts')).href)
  const script = `
    import { withTemporaryFolder } from ${module}
    await withTemporaryFolder('killed', (folder) => {
      console.log(folder)
      return new Promise(() => setInterval(() => {}, 1000))
    })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [text] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const left = text.trim()
  await withTemporaryFolder('killed', async () => expect(existsSync(left)).toBe(true))
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(named('killed').sort()).toEqual([basename(left), `${basename(left)}.owner`])
  await withTemporaryFolder('killed', async () => expect(existsSync(left)).toBe(false))
  expect(named('killed')).toEqual([])
})
