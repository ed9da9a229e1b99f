import { expect, it } from 'vitest'
import { tripsDocument, tripsYaml } from '../testing/trips-api.ts'
import { parseApiDocument } from './api-document.ts'
import { renderApiPage } from './render-api-page.ts'

it('lists every operation, and greys out what comes alive later', () => {
  const page = renderApiPage(tripsDocument(), 1)
  for (const { operationId } of tripsDocument().operations) expect(page).toContain(operationId)
  expect(page.match(/class="later"/g)).toHaveLength(4)
  expect(renderApiPage(tripsDocument(), 2)).not.toContain('class="later"')
})

it('says what an operation takes and answers', () => {
  const page = renderApiPage(tripsDocument(), 2)
  expect(page).toContain('takes limit (query)<br>answers 200, 401')
  expect(page).toContain(
    'takes a body of application/json with id, level (required), miles, note<br>answers 201, 4XX',
  )
  expect(page).toContain('takes id (path, required)<br>answers 200, default')
  expect(page).toContain('takes nothing<br>answers 200')
})

it('loads nothing from elsewhere', () => {
  expect(renderApiPage(tripsDocument(), 1)).not.toMatch(/https?:|<script|<link/)
})

it('shows text of the document as text', () => {
  const script = '"<script>alert(1)</script>"'
  const evil = tripsYaml
    .replace('title: Trips', `title: ${script}`)
    .replace('operationId: listTrips', `operationId: listTrips\n      description: ${script}`)
  const page = renderApiPage(parseApiDocument(evil, 'x'), 1)
  expect(page.match(/&lt;script&gt;/g)).toHaveLength(3)
  expect(page).not.toContain('<script>')
})
