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
    ['postgres://h/db?options=-c%20my.password%3Ds3cret', 'postgres://h/db?options=***'],
    ['mysql://u:pw@h/db', 'mysql://u:***@h/db'],
    ['redis://:s3cret@h:6379', 'redis://:***@h:6379'],
    ['mongodb+srv://u:pw@h/db?authSource=admin', 'mongodb+srv://u:***@h/db?authSource=admin'],
    ['https://ghp_s3cret@host/repository.git', 'https://***@host/repository.git'],
    ['http://localhost:3000/users/@me', 'http://localhost:3000/users/@me'],
    ['https://host/a?access_token=s3cret&page=2', 'https://host/a?access_token=***&page=2'],
    ["host=db user=app password='a b' dbname=x", "host=db user=app password='***' dbname=x"],
    ["CREATE ROLE app LOGIN PASSWORD 's3''cret' NOINHERIT", "CREATE ROLE app LOGIN PASSWORD '***' NOINHERIT"],
    ["OPTIONS (user 'app', password E's3cret')", "OPTIONS (user 'app', password '***')"],
    ["ALTER ROLE app PASSWORD 's3cre", "ALTER ROLE app PASSWORD '***'"],
    ['ALTER ROLE app PASSWORD NULL', null],
    ['PGPASSWORD=s3cret psql', 'PGPASSWORD=*** psql'],
    ['{"user":"app","password":"s3 cret"}', '{"user":"app","password":"***"}'],
    ["{ user: 'app', 'apiKey': 's3cret' }", "{ user: 'app', 'apiKey': '***' }"],
    ['no route to postgres://app:s3cret@db/x (timeout)', 'no route to postgres://app:***@db/x (timeout)'],
    ['at postgres://app:s3 cret@h/db', 'at postgres://app:***@h/db'],
    ["options='-c app.password=s3cret' x", "options='***' x"],
    ['{ token: "s3cret" }', '{ token: "***" }'],
    ['&quot;password&quot;: &quot;s3cret&quot;,', '&quot;password&quot;: &quot;***&quot;,'],
    ['host=db password=&apos;a b&apos; x', 'host=db password=&apos;***&apos; x'],
    ['authorization: Bearer abc.def-123456', 'authorization: Bearer ***'],
    ['at file:///app/node_modules/vitest@4.1.12_@types+node@20/index.js:3:7', null],
    ['https://registry.example/@scope/name and https://pris.ly/d/help?x=1', null],
    ['GET http://127.0.0.1:3000/trips?email=ada@example.org answered 200', null],
    ['FATAL: password authentication failed for user "app"', null],
    ['column "passwordHash" of relation "users" already exists', null],
    ["options='-c search_path=public'", null],
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
    ['postgres://h/db?password=s3cret', 'postgres://h/db?***'],
    ['postgres://h/db?password=s3@cret', 'postgres://h/db?***'],
    ['postgres://app:a?b@db/x', 'postgres://app:***@db/x'],
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

const secretNames = fc.constantFrom(
  'password',
  'sslpassword',
  'passphrase',
  'token',
  'api_key',
  'client-secret',
)
// Parameters and keywords end by their own grammar: an `&`, a blank.
const shows = (shown: string, secret: string) =>
  shown.includes(secret) || secret.split(/[^\w]+/).some((piece) => piece.length > 2 && shown.includes(piece))

test.prop([scheme, secretNames, password])('shows no secret of a parameter', (name, parameter, secret) => {
  for (const written of [secret.replaceAll('&', '%26'), encodeURIComponent(secret)]) {
    const last = `${name}://h/x?${parameter}=${written}`
    const first = `${name}://h/x?a=b&${parameter}=${written}&c=d`
    for (const shown of [last, first].flatMap((text) => [
      redact(text),
      redact(`at ${text} it ended`),
      redactUrl(text),
    ]))
      expect(shows(shown, secret), shown).toBe(false)
  }
})

test.prop([secretNames, password])('shows no secret of a keyword string', (name, secret) => {
  const escaped = `'a ${secret.replaceAll(/['\\]/g, '\\$&')}'`
  for (const written of [escaped, secret]) {
    const shown = redact(`host=db ${name}=${written} dbname=x`)
    expect(shows(shown, secret), shown).toBe(false)
    expect(shown).toContain('host=db')
  }
})

test.prop([secretNames, password])('shows no secret of JSON, nor of JSON inside JSON', (name, secret) => {
  const json = JSON.stringify({ host: 'db', [name]: `a ${secret}`, port: 1 })
  for (const text of [json, JSON.stringify({ log: json }), `got ${json} instead`]) {
    expect(shows(redact(text), secret), redact(text)).toBe(false)
    expect(redact(text)).toContain('port')
  }
})
