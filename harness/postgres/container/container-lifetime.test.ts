import { expect, it } from 'vitest'
import { toOwner } from '../../ground/owner.ts'
import { readOwnIdentity } from '../../ground/process-identity.ts'
import { isAbandoned, toLabels } from './container-lifetime.ts'

const own = readOwnIdentity()
const dead = { ...toLabels(), 'phaseproof.owner': toOwner({ ...own, started: 'long ago' }) }
const container = { Id: 'c1', Names: ['/eager_name'], Labels: dead }

it('takes a container of a dead run of this host for abandoned', () => {
  expect(isAbandoned(container)).toBe(true)
})

it.each([
  ['of a living run', { ...container, Labels: toLabels() }],
  ['that was kept for a person', { ...container, Names: ['/phaseproof-kept-0123456789ab'] }],
  ['without our label', { ...container, Labels: { ...dead, phaseproof: '' } }],
  ['without an owner', { ...container, Labels: { phaseproof: 'server' } }],
  [
    'of another host',
    {
      ...container,
      Labels: { ...dead, 'phaseproof.owner': toOwner({ ...own, host: 'elsewhere', started: 'x' }) },
    },
  ],
])('leaves a container %s alone', (_, other) => {
  expect(isAbandoned(other)).toBe(false)
})
