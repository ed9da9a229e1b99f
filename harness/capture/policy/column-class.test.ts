import { expect, it } from 'vitest'
import type { ValueForm } from '../../model/source.ts'
import { classifyColumn } from './column-class.ts'

it.each<[string, string, string, ValueForm]>([
  ['email', 'user', 'contactEmail', 'text'],
  ['phone', 'user', 'fax_number', 'text'],
  ['birth', 'patient', 'dateOfBirth', 'date'],
  ['date', 'patient', 'createdAt', 'date'],
  ['zip', 'agency', 'zipCode', 'text'],
  ['latitude', 'trip', 'originLatitude', 'decimal'],
  ['street', 'agency', 'address', 'text'],
  ['identifier', 'trip', 'ssn_last4', 'text'],
  ['identifier', 'trip', 'patientId', 'text'],
  ['identifier', 'user', 'pushToken', 'text'],
  ['name', 'center_users', 'name', 'text'],
  ['organisation', 'hospitals', 'name', 'text'],
  ['last-name', 'x', 'lastName', 'text'],
  ['free-text', 'trip', 'notes', 'text'],
  ['free-text', 'trip', 'diagnosis', 'text'],
  ['age', 'trip', 'patientAge', 'integer'],
  ['reference', 'trip', 'agencyId', 'text'],
  ['document', 'x', 'anything', 'json'],
  ['plain', 'x', 'messageCount', 'integer'],
  ['plain', 'x', 'status', 'text'],
])('takes for %s: %s.%s (%s)', (kind, table, name, form) => {
  expect(classifyColumn(table, { name, form, type: form })).toBe(kind)
})
