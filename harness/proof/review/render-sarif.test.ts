import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { expect, it } from 'vitest'
import type { Finding } from '../../model/finding.ts'
import { makeReportExample } from '../../testing/report-example.ts'
import { renderSarif } from './render-sarif.ts'

const text = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: { text: { type: 'string', minLength: 1 } },
}
const strict = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})

/**
 * What the standard says of the properties that are written: OASIS SARIF 2.1.0, sections 3.13 to 3.49. Nothing else may be there, so a
 * property that is new needs its line.
 */
const schema = strict({
  $schema: { type: 'string', format: 'uri' },
  version: { const: '2.1.0' },
  runs: {
    type: 'array',
    minItems: 1,
    items: strict({
      tool: strict({
        driver: strict({
          name: { type: 'string' },
          version: { type: 'string' },
          rules: {
            type: 'array',
            uniqueItems: true,
            items: strict({ id: { type: 'string' }, shortDescription: text, help: text }),
          },
        }),
      }),
      automationDetails: strict({ id: { type: 'string', pattern: '/$' } }),
      invocations: {
        type: 'array',
        items: strict({
          executionSuccessful: { type: 'boolean' },
          endTimeUtc: { type: 'string', format: 'date-time' },
        }),
      },
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      results: {
        type: 'array',
        items: strict({
          ruleId: { type: 'string' },
          ruleIndex: { type: 'integer', minimum: 0 },
          level: { enum: ['none', 'note', 'warning', 'error'] },
          message: text,
          locations: {
            type: 'array',
            minItems: 1,
            items: strict({
              physicalLocation: strict({
                artifactLocation: strict({
                  uri: { type: 'string', format: 'uri-reference' },
                  uriBaseId: { const: '%SRCROOT%' },
                }),
                region: strict({ startLine: { type: 'integer', minimum: 1 } }),
              }),
            }),
          },
          partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
        }),
      },
    }),
  },
})

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)
const isValid = ajv.compile(schema)

const missing = (table: string): Finding => ({
  kind: 'missing-table',
  table,
  phase: 1,
  expectation: 'is there',
})
const odd: Finding = {
  kind: 'migration-edited',
  migration: 'm',
  file: 'migrations/a b%\uD800#?/<x>.sql',
  recorded: 'a',
  found: 'b',
  phase: 1,
  expectation: 'is unedited',
}
const render = (...findings: Finding[]) =>
  JSON.parse(renderSarif(makeReportExample({ phases: 1, tables: 2, endpoints: 0, findings }).proof, '0.1.0'))

it.each([
  ['no finding', []],
  ['findings of several kinds, and a file of any name', [missing('a'), missing('b'), odd]],
])('is as the standard says, with %s', (_what, findings) => {
  const log = render(...findings)
  expect([isValid(log), isValid.errors]).toEqual([true, null])
  const [{ results, tool }] = log.runs
  expect(results).toHaveLength(findings.length)
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
})

it('is held against rules that a wrong log breaks', () => {
  const log = render(missing('a'))
  log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0
  expect(isValid(log)).toBe(false)
})

it('tells findings apart by what they are about, and not by their line', () => {
  const prints = (log: { runs: { results: { partialFingerprints: object }[] }[] }) =>
    log.runs[0]?.results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints)) ?? []
  const [one, other] = prints(render(missing('a'), missing('b')))
  expect(one).not.toBe(other)
  expect(prints(render(missing('b')))).toEqual([other])
})
