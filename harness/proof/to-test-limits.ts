import type { TestRecord } from '../model/test-record.ts'

/** What the tests of a run did not show, in sentences. Pure. */
export function toTestLimits(
  records: readonly TestRecord[],
  { upTo, isAll }: { readonly upTo: number; readonly isAll: boolean },
): string[] {
  const last = records
    .flatMap(({ subject }) => (subject.kind === 'endpoints' ? [subject.report] : []))
    .find(({ phase, seed }) => phase === upTo && seed === null)
  const unseen = last?.notShown ?? []
  const plain = records.filter(({ subject, state }) => subject.kind === 'unknown' && state === 'passed')
  return [
    ...(isAll || upTo === 1
      ? []
      : [
          `Contracts of earlier phases were tried after phase ${upTo} only, and endpoints called after it only: "all" tries them around each phase.`,
        ]),
    ...(unseen.length === 0
      ? []
      : [`${unseen.length} endpoints were not seen working by the sweep: ${unseen.join(', ')}.`]),
    ...(plain.length === 0
      ? []
      : [
          `${plain.length} tests are not registered by flow or test of phaseproof, so they saw no migrated database: ${plain.map(({ name }) => name).join(', ')}.`,
        ]),
  ]
}
