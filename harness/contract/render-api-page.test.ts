import { expect, it } from 'vitest'
import { parseApiDocument } from './api-document.ts'
import { tripsDocument, tripsYaml } from './fixtures/trips-api.ts'
import { renderApiPage } from './render-api-page.ts'

it('lists every operation, and greys out what comes alive later', () => {
  const page = renderApiPage(tripsDocument(), 1)
  for (const { operationId } of tripsDocument().operations) expect(page).toContain(operationId)
  expect(page.match(/class="later"/g)).toHaveLength(4)
  expect(renderApiPage(tripsDocument(), 2)).not.toContain('class="later"')
})

it('loads nothing from elsewhere', () => {
  expect(renderApiPage(tripsDocument(), 1)).not.toMatch(/https?:|<script|<link/)
})

it('shows text of the document as text', () => {
  const evil = parseApiDocument(tripsYaml.replace('title: Trips', 'title: "<script>alert(1)</script>"'), 'x')
  expect(renderApiPage(evil, 1)).not.toContain('<script>')
})
