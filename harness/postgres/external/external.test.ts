import { describe, expect, it } from 'vitest'
import { assertEntryName } from './external.ts'

describe('assertEntryName', () => {
  it.each([
    ['postgres://app:s3cret@db/production', 'does not begin with phaseproof'],
    ['postgres://app:s3cret@db/', 'does not begin with phaseproof'],
    ['postgres://app:s3cret@db/phaseproof%22x', 'more than letters'],
    ['mysql://app:s3cret@db/phaseproof', 'not one of Postgres'],
    ['host=db dbname=phaseproof password=s3cret', 'not a URL'],
  ])('refuses %s', (url, reason) => {
    const attempt = () => assertEntryName(url)
    expect(attempt).toThrow(expect.objectContaining({ code: 'database-refused' }))
    expect(attempt).toThrow(reason)
    expect(attempt).not.toThrow('s3cret')
  })

  it('names the two statements that make a database for us', () => {
    expect(() => assertEntryName('postgres://db/production')).toThrow(
      expect.objectContaining({
        remedy: expect.stringContaining(
          `CREATE DATABASE "phaseproof"; COMMENT ON DATABASE "phaseproof" IS 'phaseproof:external';`,
        ),
      }),
    )
  })

  it('accepts a database with our prefix', () => {
    expect(assertEntryName('postgresql://app@db:5432/phaseproof_ci?sslmode=require')).toBe('phaseproof_ci')
  })
})
