import {
  type AppliedPolicy,
  type AppliedRule,
  type LeakCheck,
  type LeakProof,
  PROFILES,
} from '../../model/policy.ts'
import { isFields, type ManifestFields, SHA256 } from './manifest-fields.ts'

const HASH = 'a SHA-256 in lower-case hex'

/** What a manifest says of the policy that its snapshot was captured with. */
export function parseAppliedPolicy(check: ManifestFields, value: unknown): AppliedPolicy {
  const fields = check.fields(value, 'policy', ['sha256', 'claims', 'lists', 'columns'])
  const claims = PROFILES.find((profile) => profile === fields.claims)
  if (!claims) check.fault('policy.claims', `should be one of ${PROFILES.join(', ')}`, fields.claims)
  const lists = isFields(fields.lists) ? fields.lists : check.fields(fields.lists, 'policy.lists', [])
  return {
    sha256: check.text(fields.sha256, 'policy.sha256', SHA256, HASH),
    claims: claims ?? 'none',
    lists: Object.fromEntries(
      Object.entries(lists).map(([name, version]) => [name, check.text(version, `policy.lists["${name}"]`)]),
    ),
    columns: check
      .list(fields.columns, 'policy.columns')
      .map((column, index) => parseAppliedRule(check, column, `policy.columns[${index}]`)),
  }
}

function parseAppliedRule(check: ManifestFields, value: unknown, at: string): AppliedRule {
  const keys = ['namespace', 'table', 'column', 'rule', 'values', 'changed']
  const fields = check.fields(value, at, keys)
  return {
    namespace: check.text(fields.namespace, `${at}.namespace`),
    table: check.text(fields.table, `${at}.table`),
    column: check.text(fields.column, `${at}.column`),
    // Which rules there are is the policy's to say; here a later version's rule is a word to show.
    rule: check.text(fields.rule, `${at}.rule`) as AppliedRule['rule'],
    values: check.count(fields.values, `${at}.values`),
    changed: check.count(fields.changed, `${at}.changed`),
  }
}

/** The leak proof of a manifest. */
export function parseLeakProof(check: ManifestFields, value: unknown): LeakProof {
  const fields = check.fields(value, 'leakProof', ['passed', 'digest', 'policy', 'checks'])
  const checks = check
    .list(fields.checks, 'leakProof.checks')
    .map((one, index) => parseLeakCheck(check, one, `leakProof.checks[${index}]`))
  const passed = check.flag(fields.passed, 'leakProof.passed')
  if (passed && checks.some((one) => !one.passed)) {
    check.faults.push('leakProof.passed: is true, and a check did not pass')
  }
  return {
    passed,
    digest: check.text(fields.digest, 'leakProof.digest', SHA256, HASH),
    policy: check.text(fields.policy, 'leakProof.policy', SHA256, HASH),
    checks,
  }
}

function parseLeakCheck(check: ManifestFields, value: unknown, at: string): LeakCheck {
  const fields = check.fields(value, at, ['name', 'passed', 'method', 'found'])
  return {
    name: check.text(fields.name, `${at}.name`),
    passed: check.flag(fields.passed, `${at}.passed`),
    method: check.text(fields.method, `${at}.method`),
    found: check
      .list(fields.found, `${at}.found`)
      .map((text, index) => check.text(text, `${at}.found[${index}]`)),
  }
}
