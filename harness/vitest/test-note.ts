import type { TestRecord } from '../model/test-record.ts'

/** What a test of ours leaves for its record; the rest of the record is Vitest's knowledge. */
export type TestNote = Pick<TestRecord, 'subject'> &
  Partial<Pick<TestRecord, 'findings' | 'attempts' | 'exercised' | 'reused' | 'outcomeKey'>>

declare module 'vitest' {
  interface TaskMeta {
    /** Set on every test that phaseproof registers. */
    phaseproof?: TestNote
  }
}
