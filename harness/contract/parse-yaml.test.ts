import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseYaml } from './parse-yaml.ts'

const text = 'openapi: 3.1.0\npaths:\n  /orders: &orders\n    get: {}\n  /refunds: *orders\n'
const value = { openapi: '3.1.0', paths: { '/orders': { get: {} }, '/refunds': { get: {} } } }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phaseproof-yaml-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('parsed YAML', () => {
  it('is the same when it is found again', () => {
    expect([parseYaml(text, null), parseYaml(text, folder), parseYaml(text, folder)]).toEqual([
      value,
      value,
      value,
    ])
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('is another for another text', () => {
    parseYaml(text, folder)
    expect(parseYaml(text.replace('3.1.0', '3.1.1'), folder)).toEqual({ ...value, openapi: '3.1.1' })
  })

  it.for<[string, (file: string) => void]>([
    ['cut short', (file) => truncateSync(file, 80)],
    ['changed', (file) => writeFileSync(file, `${'0'.repeat(64)}\n{"openapi":"2.0"}`)],
  ])('is parsed anew where what was kept is %s', ([, damage]) => {
    parseYaml(text, folder)
    damage(join(folder, readdirSync(folder)[0] ?? ''))
    expect(parseYaml(text, folder)).toEqual(value)
  })

  it('is not kept where JSON cannot hold it', () => {
    expect([parseYaml('limit: .inf', folder), parseYaml('limit: .inf', folder)]).toEqual([
      { limit: Number.POSITIVE_INFINITY },
      { limit: Number.POSITIVE_INFINITY },
    ])
    expect(readdirSync(folder)).toEqual([])
  })
})
