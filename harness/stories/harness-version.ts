import { readFileSync } from 'node:fs'

const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** What manifests name as their maker, for people: `phaseproof 0.1.0`. For which code exactly, see `harnessDigest`. */
export const HARNESS_VERSION = `${name} ${version}`
