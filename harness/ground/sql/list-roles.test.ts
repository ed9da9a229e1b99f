import { describe, expect, it } from 'vitest'
import { listRoles } from './list-roles.ts'

describe('listRoles', () => {
  it.for<[string, string[], string[]]>([
    ['CREATE TABLE "User" (id int)', [], []],
    ['CREATE POLICY p ON a TO authenticated, "Anon" USING (true)', ['authenticated', 'Anon'], []],
    ['CREATE POLICY p ON a TO PUBLIC; ALTER TABLE a OWNER TO CURRENT_USER', [], []],
    ['ALTER TABLE a OWNER TO deploy; GRANT SELECT ON a TO app_rw', ['deploy', 'app_rw'], []],
    ['ALTER DEFAULT PRIVILEGES FOR ROLE deploy GRANT SELECT ON TABLES TO readers', ['deploy', 'readers'], []],
    ['GRANT readers TO app_rw', ['readers', 'app_rw'], []],
    ['ALTER ROLE app_rw SET work_mem = 1', ['app_rw'], []],
    ['SET ROLE deploy', [], []],
    ['GRANT pg_read_all_data TO app_rw', ['app_rw'], []],
    ['CREATE ROLE Pub; GRANT SELECT ON a TO pub', [], ['pub']],
    ['DO $$ BEGIN CREATE USER "App"; END $$; GRANT SELECT ON a TO "App"', [], ['App']],
    ['CREATE USER MAPPING FOR CURRENT_USER SERVER lab', [], []],
    ['GRANT OOPS', [], []],
  ])('of %s', async ([sql, named, created]) => {
    expect(await listRoles(sql)).toEqual({ named, created })
  })
})
