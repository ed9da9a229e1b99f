import { expect, it } from 'vitest'
import type { EndpointCell, EndpointRow } from '../model/contract.ts'
import { renderMatrix, summarizeMatrix } from './render-matrix.ts'

const cell = (phase: number, status: number | null, outcome: EndpointCell['outcome']) => ({
  phase,
  status,
  outcome,
})
const rows: readonly EndpointRow[] = [
  {
    operationId: 'listUnits',
    method: 'GET',
    path: '/units',
    sincePhase: 1,
    cells: [cell(0, 503, 'dead'), cell(1, 200, 'alive')],
  },
  {
    operationId: 'dropUnit',
    method: 'DELETE',
    path: '/units/{id}',
    sincePhase: 1,
    cells: [cell(0, null, 'not-called'), cell(1, 503, 'failed')],
  },
  {
    operationId: 'makeUnit',
    method: 'POST',
    path: '/units',
    sincePhase: 2,
    cells: [cell(0, 503, 'dead'), cell(1, 422, 'refused')],
  },
]

it('shows every endpoint with its status after every phase', () => {
  expect(renderMatrix(rows).join('\n')).toBe(
    [
      '              phase  0   1',
      'GET     /units       503 200',
      'DELETE  /units/{id}  --- 503!',
      'POST    /units       503 422?',
    ].join('\n'),
  )
})

it('counts the endpoints that are due and work', () => {
  expect(summarizeMatrix(rows)).toBe('1 of 2 endpoints were seen working after phase 1')
  expect(summarizeMatrix([])).toBeNull()
})
