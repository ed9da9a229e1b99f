import { expect, it } from 'vitest'
import type { Finding } from '../../model/finding.ts'
import { makeReportExample } from '../../testing/report-example.ts'
import { renderAnnotations } from './render-annotations.ts'

const size = { phases: 1, tables: 2, endpoints: 0 }
const missing = (table: string): Finding => ({
  kind: 'missing-table',
  table,
  phase: 1,
  expectation: 'is there',
})
const render = (...findings: Finding[]) => renderAnnotations(makeReportExample({ ...size, findings }).proof)

it('says nothing of a proof without a finding', () => {
  expect(render()).toBe('')
})

it('names file, line and title, with what mends it', () => {
  expect(render(missing('units'))).toMatch(
    /^::error file=scenarios\/shop\/phases\/01\/phase\.ts,line=1,title=Phase 1%3A table units is missing::Expected: .*%0AFound: .*%0AMend: [^\n]*\n$/,
  )
})

it('lets no name begin a command or a property of its own', () => {
  const text = render(missing('a\n::set-output name=x::y,line=9%0A::error::'))
  expect(text.match(/^::/gm)).toHaveLength(1)
  expect(text.split('\n')).toHaveLength(2)
  expect(text).toContain('%2Cline=9%250A')
})

it('shows as many as GitHub does, and counts the rest', () => {
  const lines = render(...Array.from({ length: 12 }, (_, at) => missing(`t${at}`)))
    .trim()
    .split('\n')
  expect(lines).toHaveLength(10)
  expect(lines.at(-1)).toBe('::error title=More findings::3 more findings stand in the report.')
})
