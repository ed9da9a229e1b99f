/** Password of every account in the three snapshots. They are invented and reachable by no one. */
export const TEST_PASSWORD = 'Phaseproof-Test-1!'

/** bcrypt of `TEST_PASSWORD`, cost 4, so that logging in costs tests nothing. One hash for all, kept here because a new one would be salted anew. */
export const TEST_PASSWORD_HASH = '$2b$04$xt0uOhAfN3u5FGzkee4RgOfH/ohjg3UvSmddeqeCr8DkF9Cyq4x9e'

/** Accounts a test can count on. Center accounts are in all three environments, the others in `tcc-dev-swa` and `tcc-local`. */
export const KNOWN_LOGINS = {
  center: {
    admin: 'admin@tcc.example.invalid',
    user: 'user@tcc.example.invalid',
    inactive: 'inactive@tcc.example.invalid',
    /** In production, which cannot mark users as deleted yet, an inactive account. */
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
