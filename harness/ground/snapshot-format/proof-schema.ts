import * as z from 'zod'
import {
  type AppliedPolicy,
  type AppliedRule,
  type LeakCheck,
  type LeakProof,
  PROFILES,
  type RuleKind,
} from '../../model/policy.ts'
import type { RecordedAnswer } from '../../model/precondition.ts'
import { count, flag, list, mapping, named, type ShapeOf, text } from './fields.ts'

/** A digest as manifests hold it. */
export const sha256 = text('a SHA-256 in lower-case hex', /^[0-9a-f]{64}$/)

/** The name of a profile. */
export const profile = z.enum(PROFILES, `should be one of ${PROFILES.join(', ')}`)

const appliedRule = mapping({
  namespace: text(),
  table: text(),
  column: text(),
  // Which rules there are is the policy's to say; here a later version's rule is a word to show.
  rule: text().transform((word) => word as RuleKind),
  values: count(),
  changed: count(),
} satisfies ShapeOf<AppliedRule>)

/** What a manifest says of the policy that its snapshot was captured with. */
export const appliedPolicy: z.ZodType<AppliedPolicy> = mapping({
  sha256,
  claims: profile,
  lists: named(text()),
  columns: list(appliedRule),
} satisfies ShapeOf<AppliedPolicy>)

/** What a manifest says of the conditions that its source was asked. */
export const recordedAnswers: z.ZodType<readonly RecordedAnswer[]> = list(
  mapping({
    sha256,
    rows: count().exactOptional(),
    refused: text('an SQLSTATE', /^[0-9A-Z]{5}$/).exactOptional(),
  } satisfies ShapeOf<RecordedAnswer>),
)

const leakCheck = mapping({
  name: text(),
  passed: flag,
  method: text(),
  found: list(text()),
} satisfies ShapeOf<LeakCheck>)

/** The leak proof of a manifest. */
export const leakProof: z.ZodType<LeakProof> = mapping({
  passed: flag,
  digest: sha256,
  policy: sha256,
  checks: list(leakCheck),
} satisfies ShapeOf<LeakProof>).refine(
  ({ passed, checks }) => !passed || checks.every((check) => check.passed),
  {
    path: ['passed'],
    error: 'is true, and a check did not pass',
  },
)
