import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { expect, it } from 'vitest'
import { toSampleStatement } from '../../testing/sample-proof.ts'
import { toJsonSchema } from './statement-schema.ts'

const file = join(import.meta.dirname, '../../../docs/proof-format.schema.json')

it('is the schema that the package ships', () => {
  const shipped = JSON.parse(readFileSync(file, 'utf8'))
  expect(shipped, `write this into ${file}: ${JSON.stringify(toJsonSchema())}`).toEqual(toJsonSchema())
})

it('describes what is written, and nothing that lacks a part of it', () => {
  const ajv = new Ajv2020({ strict: false })
  ajvFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')))
  const statement = toSampleStatement()
  expect([validate(statement), validate.errors]).toEqual([true, null])
  const { phaseproof } = statement.predicate
  // Endpoints are called on the snapshot, before any phase, too.
  const checks = phaseproof.checks.map((check) => ({ ...check, phase: 0 }))
  const before = { ...statement.predicate, phaseproof: { ...phaseproof, checks } }
  expect([validate({ ...statement, predicate: before }), validate.errors]).toEqual([true, null])
  const { subject: _subject, ...without } = statement
  expect(validate(without)).toBe(false)
  const { phaseproof: _ours, ...predicate } = statement.predicate
  expect(validate({ ...statement, predicate })).toBe(false)
})
