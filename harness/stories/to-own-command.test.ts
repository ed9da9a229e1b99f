import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { toOwnCommand } from './to-own-command.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'phaseproof-command-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

it.for<[string, Record<string, string>]>([
  ['npx phaseproof', {}],
  ['npx phaseproof', { 'package.json': '{ "name": "shop" }' }],
  ['pnpm exec phaseproof', { 'package.json': '{ "name": "shop" }', 'pnpm-lock.yaml': '' }],
  ['pnpm phaseproof', { 'package.json': '{ "name": "phaseproof" }', 'pnpm-lock.yaml': '' }],
])('is "%s" in a repository with %o', ([command, files]) => {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text)
  expect(toOwnCommand(root)).toBe(command)
})
