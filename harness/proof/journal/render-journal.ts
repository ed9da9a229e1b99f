import type { JournalEntry } from '../../model/journal.ts'
import type { Checklist } from './checklists.ts'

/** A journal as Markdown: what happened, then the checklists. */
export function renderJournal(
  title: string,
  entries: readonly JournalEntry[],
  faults: readonly string[],
  lists: readonly Checklist[],
): string {
  const head = entries.at(-1)
  return [
    `# Journal of ${toText(title)}`,
    '',
    faults.length > 0
      ? ['**The journal was tampered with or damaged:**', '', ...faults.map((fault) => `- ${fault}`)].join(
          '\n',
        )
      : `${entries.length} entries, an unbroken chain${head ? ` up to \`${head.hash}\`` : ''}.`,
    '',
    '## What happened',
    '',
    ...(entries.length === 0 ? ['Nothing yet.'] : toTable(entries)),
    '',
    ...lists.flatMap(({ title: name, items }) => [
      `## ${toText(name)}`,
      '',
      ...items.map(({ text, isDone, by }) => `- [${isDone ? 'x' : ' '}] ${text} — ${toText(by)}`),
      '',
    ]),
  ].join('\n')
}

function toTable(entries: readonly JournalEntry[]): string[] {
  return [
    '| # | when | who | what | phase | result | where |',
    '|--:|---|---|---|--:|---|---|',
    ...entries.map(({ number, at, who, what, phase, result, target, file, checks = {}, isObserving }) => {
      const refused = Object.entries(checks).flatMap(([kind, outcome]) =>
        outcome === 'refused' ? [kind] : [],
      )
      const why = refused.length > 0 ? `: ${refused.join(', ')}` : ''
      const cells = [
        String(number),
        at,
        who,
        what,
        phase === null ? '' : String(phase),
        `${result}${why}${isObserving ? ' (observed)' : ''}`,
        [target, file].filter((one) => one !== undefined).join(', '),
      ]
      return `| ${cells.map(toText).join(' | ')} |`
    }),
  ]
}

/** Text of people in a cell: no line breaks, no bars, no tags, and no commands to a terminal. */
function toText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '?')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
}
