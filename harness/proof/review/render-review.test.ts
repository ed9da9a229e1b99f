import { describe, expect, it } from 'vitest'
import type { Finding } from '../../model/finding.ts'
import { makeReportExample } from '../../testing/report-example.ts'
import { REVIEW_LIMITS, renderReview, toMarker } from './render-review.ts'

const missing: Finding = { kind: 'missing-table', table: 'units', phase: 1, expectation: 'units are there' }
const size = { phases: 3, tables: 6, endpoints: 3 }

function render(
  example: Partial<Parameters<typeof makeReportExample>[0]> = {},
  limit: number = REVIEW_LIMITS.comment,
) {
  const { proof, states, scenario } = makeReportExample({ ...size, ...example })
  return renderReview(proof, states, scenario, limit)
}

describe('the comment on a pull request', () => {
  it('begins with the line by which the next run finds it', () => {
    expect(render()).toMatch(/^<!-- phaseproof: shop -->\n\n## ✅ The shop: proven\n/)
    expect(toMarker('a --> b/c')).toBe('<!-- phaseproof: a_____b/c -->')
  })

  it('tells phases, findings with their place, and what will happen', () => {
    const text = render({ findings: [missing] })
    expect(text).toContain('| 1 | Part 1 | low | 15 min | ❌ failed, 1 finding |')
    expect(text).toContain('- **Phase 1: table units is missing**')
    expect(text).toContain('at scenarios/shop/phases/01/phase.ts:1')
    expect(text).toContain('Reads and writes of t0 wait for 12 ms')
  })

  it('draws the phases for Mermaid, whatever they are called, after a table that says the same', () => {
    const text = render({ name: '"]; click p1 "javascript:x"\n```' })
    const [, picture = ''] = /```mermaid\n(.*?)\n```/s.exec(text) ?? []
    expect(picture.split('\n')).toHaveLength(1 + 3 + 2 + 3)
    expect(picture).toContain('p1 --> p2')
    expect(picture).not.toContain('javascript:')
    expect(text.indexOf('| phase |')).toBeLessThan(text.indexOf('```mermaid'))
  })

  it('keeps within what GitHub takes, and says what it left out', () => {
    const findings = Array.from({ length: 2000 }, (_, at) => ({
      ...missing,
      table: `表${'x'.repeat(50)}${at}`,
    }))
    const text = render({ findings })
    expect(Buffer.byteLength(text)).toBeLessThan(65_536)
    expect(text).toMatch(/\*\*Cut for want of room: \d+ findings, .*The report of the run has it whole\.\*\*/)
    expect(render({ findings: [missing] })).not.toContain('Cut for want')
  })

  it('closes each part that it opens, also where parts are left out', () => {
    for (const limit of [1500, 3000, 6000]) {
      const text = render({ findings: [missing] }, limit)
      expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
      expect((text.match(/```/g)?.length ?? 0) % 2).toBe(0)
      expect(Buffer.byteLength(text)).toBeLessThan(Math.max(limit, 1200))
    }
  })
})
