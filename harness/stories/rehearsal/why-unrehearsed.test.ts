import { expect, it } from 'vitest'
import type { Migration } from '../../model/history.ts'
import type { Phase } from '../../model/scenario.ts'
import { whyUnrehearsed } from './why-unrehearsed.ts'

const toReason = (sql: string, rollback = 'SELECT 1;') => {
  const migration: Migration = {
    name: '1',
    file: 'migrations/1/migration.sql',
    sql,
    checksum: '',
    checksumOtherLineEndings: '',
  }
  const phase: Phase = {
    id: 1,
    name: '01-shop',
    title: '',
    goal: '',
    risk: 'low',
    dependsOn: [],
    estimateMinutes: 1,
    migrations: ['1'],
    changes: [],
    expect: [],
    rollback: { file: 'rollback.sql', sql: rollback, sha256: '' },
  }
  return whyUnrehearsed(phase, { migrations: [migration] })
}

it.each([
  'CREATE ROLE reports;',
  'SELECT 1; drop user reports;',
  `DO $$ BEGIN EXECUTE 'ALTER ROLE reports NOLOGIN'; END $$;`,
  `SELECT 'it''s'; ALTER SYSTEM SET work_mem = '8MB';`,
  `SELECT "it's", 1 FROM a; CREATE ROLE reports; SELECT 'x';`,
])('does not rehearse what reaches beyond its database: %s', (sql) => {
  expect(toReason(sql)).not.toBeNull()
  expect(toReason('SELECT 1;', sql)).not.toBeNull()
})

it.each([
  `INSERT INTO permissions (name) VALUES ('create user'), ('it''s'), ('drop role');`,
  '-- CREATE ROLE reports is done by the platform\nCREATE TABLE a ();',
  '/* DROP DATABASE\n is never done */ DROP TABLE a;',
  String.raw`SELECT E'\'create role'; SELECT 1;`,
])('rehearses what only speaks of it: %s', (sql) => {
  expect(toReason(sql)).toBeNull()
  expect(toReason('SELECT 1;', sql)).toBeNull()
})
