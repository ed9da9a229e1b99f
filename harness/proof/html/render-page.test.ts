import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../model/finding.ts'
import { makeReportExample } from '../../testing/report-example.ts'
import { renderPage } from './render-page.ts'

const missing: Finding = { kind: 'missing-table', table: 'units', phase: 1, expectation: 'units are there' }

function render(size: Partial<Parameters<typeof makeReportExample>[0]> = {}): string {
  const { proof, states, scenario } = makeReportExample({ phases: 2, tables: 6, endpoints: 3, ...size })
  return renderPage(proof, states, scenario)
}

describe('the page of a proof', () => {
  it('answers in the order in which questions come', () => {
    expect(
      [...render().matchAll(/<h[12][^>]*>(.*?)<\/h/g)].map(([, text = '']) => text.replaceAll(/<.*?>/g, '')),
    ).toEqual([
      '✓ PROVEN',
      'What will happen to production',
      'Phases',
      'Findings',
      'History of migrations',
      'Endpoints',
      'Schema before and after',
      'Data kept',
      'Rehearsals',
      'Cost',
      'Preconditions',
      'What was not shown',
      'What the proof is about',
    ])
  })

  it('says why in a sentence, and each finding with what mends it', () => {
    expect(render()).toContain('All 2 phases do what they say: 40 expectations and 6 contracts hold')
    const text = render({ findings: [missing, { ...missing, table: 'legs' }] })
    expect(text).toContain('Phase 1: table units is missing; and 1 more finding.')
    expect(text).toMatch(/<dt>Mend<\/dt><dd>Let a migration of this phase create legs/)
  })

  it('tells figures that a person decides by', () => {
    const text = render()
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
    expect(text).toContain('Longest wait 12 ms Reads and writes of t0, phase 1')
    expect(text).toContain('Tables 3 new, 1 changed none dropped')
    expect(text).toContain('Planned 45 min testing included; risk at most high, phase 2')
    expect(text).toContain('Way back 2 of 2 phases')
  })

  it('does not say that nothing stops serving where a finding says who is not served', () => {
    const message = 'refused'
    const failed: Finding = {
      kind: 'request-failed-during-phase',
      server: null,
      endpoint: 'GET /',
      requests: 9,
      failed: 1,
      message,
      phase: 1,
      expectation: 'serves',
    }
    const tell = (findings: readonly Finding[]) =>
      /What stops serving<\/dt><dd><strong>(.*?)<\/strong>/.exec(render({ findings }))?.[1]
    expect([tell([]), tell([failed])]).toEqual(['nothing', '<a href="#findings">1 finding</a>'])
  })

  it('does not promise what becomes of rows where a phase failed', () => {
    expect(render()).toContain('None is lost or changed without being declared.')
    expect(render({ findings: [missing] })).not.toContain('None is lost or changed')
  })

  it('lets nothing run but its own script, and nothing be fetched', () => {
    const text = render()
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1] ?? ''
    for (const tag of ['style', 'script']) {
      const [, inner = ''] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(text) ?? []
      expect(inner).not.toBe('')
      expect(policy).toContain(`${tag}-src 'sha256-${createHash('sha256').update(inner).digest('base64')}'`)
    }
    expect(policy).toMatch(/^default-src 'none';/)
    expect(text).not.toMatch(/(?:src|href)="(?!#)/)
  })

  it.each([
    '<script>alert(1)</script>',
    `"><img src=x onerror='alert(1)'>`,
    '\u202E',
    'x'.repeat(10_000),
    '$&amp;',
    '__proto__',
  ])('shows a name of the database as text, whatever it is: %.40s', (name) => {
    const text = render({ name, findings: [{ ...missing, table: name, expectation: name }] })
    expect(text.match(/<script/g)).toHaveLength(1)
    expect(text).not.toContain('<img')
    expect(text).not.toContain('\u202E')
    expect(text.match(/<svg role="img"[^>]*width="(\d+)"/)?.[1]?.length).toBeLessThan(5)
  })

  it('tells what an older run left out as not known, and leaves sections out that have nothing to tell', () => {
    const { proof, scenario } = makeReportExample({ phases: 1, tables: 2, endpoints: 0 })
    const { history: _h, rehearsals: _r, preconditions: _p, endpoints: _e, ...bare } = proof
    const text = renderPage(bare, null, scenario)
    expect([...text.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id)).toEqual([
      'plain',
      'phases',
      'findings',
      'limits',
      'about',
    ])
    expect(text).toContain('<strong>not known</strong>')
    expect(text).toContain('<strong>not rehearsed</strong>')
  })

  it('tells of the phases that the proof is about, and of no later one', () => {
    const { proof, states, scenario } = makeReportExample({ phases: 3, tables: 6, endpoints: 0 })
    const text = renderPage({ ...proof, upTo: 2, phases: proof.phases.slice(0, 2) }, states, scenario)
    expect(text).toContain('The team plans 45 minutes for 2 phases')
    expect(text).not.toContain('Part 3')
  })
})
