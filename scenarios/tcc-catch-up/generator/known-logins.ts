/** Password of every account in the three snapshots. The accounts are invented and nobody can reach them. */
export const TEST_PASSWORD = 'Phaseproof-Test-1!'

/**
 * bcrypt of `TEST_PASSWORD` with cost 4, so that tests log in cheaply. All accounts share this hash; it stands here
 * because a new one would have another salt.
 */
export const TEST_PASSWORD_HASH = '$2b$04$xt0uOhAfN3u5FGzkee4RgOfH/ohjg3UvSmddeqeCr8DkF9Cyq4x9e'

/**
 * Accounts that tests can rely on. Center accounts are in all three environments, the others in `tcc-dev-swa` and
 * `tcc-local`.
 */
export const KNOWN_LOGINS = {
  center: {
    admin: 'admin@tcc.example.invalid',
    user: 'user@tcc.example.invalid',
    inactive: 'inactive@tcc.example.invalid',
    /** A deleted user; in production, which has no such mark yet, an inactive one. */
    deleted: 'deleted@tcc.example.invalid',
  },
  healthcare: {
    active: 'healthcare@tcc.example.invalid',
    /** A sub-user of `active`. */
    sub: 'healthcare.sub@tcc.example.invalid',
    inactive: 'healthcare.inactive@tcc.example.invalid',
    deleted: 'healthcare.deleted@tcc.example.invalid',
  },
  ems: {
    /** Works for the agency `First Response Marlow`. */
    active: 'ems@tcc.example.invalid',
    /** A sub-user of `active`. */
    sub: 'ems.sub@tcc.example.invalid',
    inactive: 'ems.inactive@tcc.example.invalid',
    deleted: 'ems.deleted@tcc.example.invalid',
    withoutAgency: 'ems.no-agency@tcc.example.invalid',
  },
} as const
