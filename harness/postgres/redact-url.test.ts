import { describe, expect, it } from 'vitest'
import { redactUrl, redactUrls } from './redact-url.ts'

describe('redactUrl', () => {
  it.each([
    ['postgresql://app:s3cret@db.example:5432/phaseproof', 'postgresql://app:***@db.example:5432/phaseproof'],
    ['postgres://app@db.example/phaseproof', 'postgres://app@db.example/phaseproof'],
    ['postgres://app:s3cret@db/phaseproof?password=s3cret&sslcert=x', 'postgres://app:***@db/phaseproof?***'],
    ['host=db password=s3cret', '(a connection string that is not a URL)'],
  ])('shows %j as %j', (url, shown) => {
    expect(redactUrl(url)).toBe(shown)
  })

  it('finds the connection strings in a longer text', () => {
    expect(redactUrls('no route to postgres://app:s3cret@db/phaseproof (timeout)')).toBe(
      'no route to postgres://app:***@db/phaseproof (timeout)',
    )
  })
})
