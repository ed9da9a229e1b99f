import { Option } from 'commander'
import { describeOptions } from '../postgres/providers.ts'

/** The option that names a Postgres server. Without it PHASEPROOF_POSTGRES is asked, then `auto` is taken. */
export function toPostgresOption(what?: string): Option {
  const options = describeOptions()
  return new Option('--postgres <where>', what === undefined ? options : `${what}: ${options}`)
    .env('PHASEPROOF_POSTGRES')
    .default('auto')
}
