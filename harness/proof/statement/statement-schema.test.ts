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
  // What is called on the snapshot itself belongs to no phase yet: it is before phase 1.
  const { phaseproof } = statement.predicate
  const [first] = phaseproof.checks
  const before = { ...phaseproof, checks: [{ ...first, phase: 0 }] }
  expect(validate({ ...statement, predicate: { ...statement.predicate, phaseproof: before } })).toBe(true)
  const { subject: _subject, ...without } = statement
  expect(validate(without)).toBe(false)
  const { phaseproof: _ours, ...predicate } = statement.predicate
  expect(validate({ ...statement, predicate })).toBe(false)
})
