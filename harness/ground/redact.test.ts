import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { redact, redactUrl } from './redact.ts'

describe('redact', () => {
  it.each([
    ['postgres://app:s3cret@db/x', 'postgres://app:***@db/x'],
    ['postgres://app:s3/cr@t@db/x', 'postgres://app:***@db/x'],
    ['postgres://app@db/x', 'postgres://app@db/x'],
    ['postgres://h/db?password=s3cret&sslmode=require', 'postgres://h/db?password=***&sslmode=require'],
    ['postgres://h/db?sslpassword=s3cret', 'postgres://h/db?sslpassword=***'],
    ['postgres://h/db?options=-c%20my.password%3Ds3cret', 'postgres://h/db?options=-c%20my.password%3D***'],
    ['mysql://u:pw@h/db', 'mysql://u:***@h/db'],
    ['redis://:s3cret@h:6379', 'redis://:***@h:6379'],
    ['mongodb+srv://u:pw@h/db?authSource=admin', 'mongodb+srv://u:***@h/db?authSource=admin'],
    ['https://ghp_s3cret@host/repository.git', 'https://***@host/repository.git'],
    ['http://localhost:3000/users/@me', 'http://localhost:3000/users/@me'],
    ['https://host/a?access_token=s3cret&page=2', 'https://host/a?access_token=***&page=2'],
    ["host=db user=app password='a b' dbname=x", 'host=db user=app password=*** dbname=x'],
    ['PGPASSWORD=s3cret psql', 'PGPASSWORD=*** psql'],
    ['{"user":"app","password":"s3 cret"}', '{"user":"app","password":"***"}'],
    ["{ user: 'app', 'apiKey': 's3cret' }", `{ user: 'app', 'apiKey': "***" }`],
    ['no route to postgres://app:s3cret@db/x (timeout)', 'no route to postgres://app:***@db/x (timeout)'],
    ['column users.password: expected text, found no such column', null],
    ['body.password: must be a string', null],
    ['nothing secret here: a@b.example', null],
  ])('shows %j as %j', (text, shown) => {
    expect(redact(text)).toBe(shown ?? text)
  })
})

describe('redactUrl', () => {
  it.each([
    ['postgresql://app:s3cret@db.example:5432/x', 'postgresql://app:***@db.example:5432/x'],
    ['postgres://app@db.example/x', 'postgres://app@db.example/x'],
    ['postgres://app:s3cret@db/x?password=s3cret&sslcert=x', 'postgres://app:***@db/x?***'],
    ['postgres://app:1/w@db/x', 'postgres://app:***@db/x'],
    ['postgres://app:pa ss@db/x', 'postgres://app:***@db/x'],
    ['host=db password=s3cret', '(a connection string that is not a URL)'],
  ])('shows %j as %j', (url, shown) => {
    expect(redactUrl(url)).toBe(shown)
  })
})

const character = fc.constantFrom(...'abcXYZ019/@:?#%\'"`=&;,.\\<>{}()[]|!$~^*+-_')
// The marks keep a password from being part of the text around it by chance.
const password = fc.array(character, { minLength: 3, maxLength: 20 }).map((chars) => `Q${chars.join('')}Q`)
const scheme = fc.constantFrom(
  'postgres',
  'postgresql',
  'mysql',
  'redis',
  'mongodb+srv',
  'amqps',
  'jdbc:postgresql',
)

test.prop([scheme, password])('shows no part of a password before a host', (name, secret) => {
  for (const shown of [
    redact(`cannot reach ${name}://app:${secret}@host:5432/x, gave up`),
    redact(`{"url":"${name}://app:${secret}@host/x"}`),
    redactUrl(`${name.replace('jdbc:', '')}://app:${secret}@host/x?application_name=y`),
  ]) {
    expect(shown).not.toContain(secret)
    expect(shown).not.toContain(secret.slice(-3))
    expect(shown).toContain('app:***@host')
  }
})

test.prop([password.filter((secret) => !/[&\\'"]/.test(secret))])(
  'shows no password of a parameter',
  (secret) => {
    for (const text of [`postgres://h/x?password=${secret}`, `postgres://h/x?a=b&sslpassword=${secret}&c=d`])
      for (const shown of [redact(text), redactUrl(text)]) expect(shown).not.toContain(secret)
    expect(redact(`password='${secret}' user=x`)).toBe('password=*** user=x')
  },
)
