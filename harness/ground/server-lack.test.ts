import { describe, expect, it } from 'vitest'
import { toLackError, toServerLack } from './server-lack.ts'

describe('toServerLack', () => {
  it.each([
    ['0A000', 'extension "vector" is not available', 'extension', 'vector'],
    [
      '58P01',
      'could not open extension control file "/usr/share/extension/postgis.control": No such file or directory',
      'extension',
      'postgis',
    ],
    [
      '22023',
      'extension "hstore" has no installation script nor update path for version "9.9"',
      'extension',
      'hstore',
    ],
    [
      '22023',
      'extension "citext" has no update path from version "1.6" to version "22"',
      'extension',
      'citext',
    ],
    ['58P01', 'could not access file "$libdir/postgis-3": No such file or directory', 'library', 'postgis-3'],
    ['58P01', 'could not access file "timescaledb": No such file or directory', 'library', 'timescaledb'],
    [
      '58P01',
      'could not load library "/opt/lib/plpython3.so": libpython3.6m.so.1.0: cannot open',
      'library',
      'plpython3.so',
    ],
    ['42704', 'collation "de_DE" for encoding "UTF8" does not exist', 'collation', 'de_DE'],
    ['42704', 'collation "xx-x-icu" for encoding "UTF8" does not exist', 'collation', 'xx-x-icu'],
    ['42704', 'collation "C.UTF-8" for encoding "UTF8" does not exist', 'collation', 'C.UTF-8'],
    ['22023', 'could not create locale "de_DE.utf8": No such file or directory', 'locale', 'de_DE.utf8'],
    ['42809', 'invalid LC_COLLATE locale name: "de_DE.utf8"', 'locale', 'de_DE.utf8'],
    [
      'F0000',
      'could not open dictionary file "/usr/share/tsearch_data/en_us.dict": No such file',
      'dictionary',
      'en_us.dict',
    ],
  ])('reads %s %s', (sqlstate, message, what, name) => {
    expect(toServerLack({ sqlstate, message })).toEqual({ what, name })
  })

  it.each([
    ['42704', 'collation "by_price" for encoding "UTF8" does not exist'],
    ['42704', 'type "vector" does not exist'],
    ['0A000', 'cannot alter type of a column used by a view or rule'],
    ['22023', 'extension "vector" is not available'],
    ['42704', 'required extension "cube" is not installed'],
    [undefined, 'extension "vector" is not available'],
  ])('leaves %s %s to the migration', (sqlstate, message) => {
    expect(toServerLack({ sqlstate, message })).toBeNull()
  })
})

describe('toLackError', () => {
  it.each([
    ['vector', 'pgvector/pgvector:pg16', 'PHASEPROOF_POSTGRES_IMAGE=pgvector/pgvector:pg16'],
    ['postgis_topology', 'postgis/postgis:16-3.5', 'postgis/postgis:16-3.5'],
    ['timescaledb', 'timescale/timescaledb:latest-pg16', 'timescale/timescaledb'],
    ['uuid-ossp', 'postgres:16', 'PHASEPROOF_POSTGRES_IMAGE=postgres:16 '],
    ['pg_cron', null, 'the package postgresql-16-cron'],
    ['plpython3u', null, 'the package postgresql-plpython3-16'],
    ['aws_s3', null, "cloud provider's own"],
    ['billing_rules', null, 'postgresql-16-billing_rules'],
  ])('says where extension %s is to be had', (name, image, remedy) => {
    const error = toLackError({ what: 'extension', name }, 'Replaying 1_init', 16)
    expect(error).toMatchObject({ code: 'server-lacks', context: { object: `extension ${name}`, image } })
    expect(error.message).toBe(
      `Replaying 1_init: this server has no extension "${name}", so nothing can be decided here; where the server has it, the statement may well work.`,
    )
    expect(error.remedy).toContain(remedy)
  })

  it('says which package has the library of a language', () => {
    const { remedy } = toLackError({ what: 'library', name: 'plpython3.so' }, 'x', 17)
    expect(remedy).toContain('postgresql-plpython3-17')
    expect(toLackError({ what: 'library', name: 'postgis-3' }, 'x', 17).context.image).toBe(
      'postgis/postgis:17-3.5',
    )
  })

  it('says how an image gets a locale', () => {
    const { remedy } = toLackError({ what: 'locale', name: 'de_DE.utf8' }, 'x', 17)
    expect(remedy).toContain('localedef -i de_DE -c -f UTF-8 de_DE.UTF-8')
  })
})
