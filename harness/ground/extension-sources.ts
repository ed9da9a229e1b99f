/** Where an extension can be had, and how to run there. */
interface ExtensionSource {
  /** A public image that has it; null where it is a package only, or a cloud's own. */
  readonly image: string | null
  readonly remedy: string
}

type ToImage = (major: number) => string

const pgvector: ToImage = (major) => `pgvector/pgvector:pg${major}`
const postgis: ToImage = (major) => `postgis/postgis:${major}-3.5`
const timescale: ToImage = (major) => `timescale/timescaledb:latest-pg${major}`
const official: ToImage = (major) => `postgres:${major}`
const supabase: ToImage = () => 'supabase/postgres'

/** Images that the makers of an extension publish. */
const IMAGES: Readonly<Record<string, ToImage>> = {
  vector: pgvector,
  postgis,
  postgis_raster: postgis,
  postgis_topology: postgis,
  postgis_sfcgal: postgis,
  postgis_tiger_geocoder: postgis,
  address_standardizer: postgis,
  timescaledb: timescale,
  citus: () => 'citusdata/citus',
  age: () => 'apache/age',
  pgroonga: () => 'groonga/pgroonga',
  pg_search: (major) => `paradedb/paradedb:latest-pg${major}`,
  vchord: (major) => `tensorchord/vchord-postgres:pg${major}`,
  pg_graphql: supabase,
  pg_net: supabase,
  pg_jsonschema: supabase,
  pgjwt: supabase,
  pgsodium: supabase,
  supabase_vault: supabase,
  wrappers: supabase,
}

/** Packages of Debian and of apt.postgresql.org, behind `postgresql-<major>-`. */
const PACKAGES: Readonly<Record<string, string>> = {
  vector: 'pgvector',
  postgis: 'postgis-3',
  pg_cron: 'cron',
  pg_partman: 'partman',
  pg_repack: 'repack',
  pg_hint_plan: 'pg-hint-plan',
  pgaudit: 'pgaudit',
  pgmq: 'pgmq',
  pg_uuidv7: 'pg-uuidv7',
  hypopg: 'hypopg',
  hll: 'hll',
  ip4r: 'ip4r',
  orafce: 'orafce',
  rum: 'rum',
  semver: 'semver',
  temporal_tables: 'temporal-tables',
  pg_ivm: 'ivm',
  h3: 'h3',
  pgrouting: 'pgrouting',
  mysql_fdw: 'mysql-fdw',
  plv8: 'plv8',
}

/** Extensions that Postgres itself brings, beside the languages; the embedded server lacks the libraries of some. */
const CONTRIB =
  /^(?:amcheck|bloom|btree_gi[nst]+|citext|cube|dblink|dict_(?:int|xsyn)|earthdistance|file_fdw|fuzzystrmatch|hstore|int(?:agg|array)|isn|lo|ltree|pageinspect|pgcrypto|pg_(?:buffercache|freespacemap|prewarm|stat_statements|surgery|trgm|visibility|walinspect|logicalinspect|overexplain)|pgrowlocks|pgstattuple|postgres_fdw|seg|sslinfo|tablefunc|tcn|tsm_system_(?:rows|time)|unaccent|uuid-ossp|xml2)$/

const LANGUAGE = /^(?:pl)(python3|perl|tcl)u?(?:\.so|3\.so)?$/

const CLOUD = /^(?:aws_|rds_|google_|azure|alloydb_|neon)/

/** Where an extension (or its library) can be had; null when it is not known here. */
export function findExtensionSource(name: string, major: number): ExtensionSource | null {
  const bare = name.replace(/(?:-[\d.]+)?(?:\.so)?$/, '')
  if (CLOUD.test(bare)) {
    return {
      image: null,
      remedy: `"${bare}" is a cloud provider's own, and no image has it: run on a throw-away database there (--postgres <url>).`,
    }
  }
  const language = LANGUAGE.exec(name.replace(/3?\.so$/, name.startsWith('plpython') ? '3' : ''))?.[1]
  if (language !== undefined) {
    const suffix = `postgresql-pl${language}-${major}`
    return {
      image: null,
      remedy: `${onPackage(suffix)} The -alpine images and the embedded server do not have it.`,
    }
  }
  const image = (IMAGES[bare] ?? (CONTRIB.test(bare) ? official : undefined))?.(major) ?? null
  const suffix = PACKAGES[bare]
  if (image !== null) {
    const other =
      suffix === undefined
        ? 'a server of yours that has it (--postgres <url>)'
        : `a server of yours with the package postgresql-${major}-${suffix} (--postgres <url>)`
    return {
      image,
      remedy: `Run on an image that has it: PHASEPROOF_POSTGRES_IMAGE=${image} with --postgres testcontainers; or on ${other}.`,
    }
  }
  return suffix === undefined ? null : { image: null, remedy: onPackage(`postgresql-${major}-${suffix}`) }
}

function onPackage(name: string): string {
  return `Run where the package ${name} is installed: an image made of postgres with "RUN apt-get update && apt-get install -y ${name}" (PHASEPROOF_POSTGRES_IMAGE=<image> with --postgres testcontainers), or a server of yours (--postgres <url>).`
}
