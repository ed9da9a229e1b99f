import type { ProofStates } from '../../model/database-state.ts'
import type { PhaseResult, Proof } from '../../model/proof.ts'
import type { Reported } from '../report/render-report.ts'
import { tellChange, toPhaseChanges } from '../tell-changes.ts'
import { tellWhy } from '../tell-why.ts'
import { listPlaced, type PlacedFinding } from './list-placed.ts'
import { toMarkdownText } from './markdown-text.ts'
import { renderPhasePicture } from './render-mermaid.ts'

/** Bytes that GitHub takes, less some room: 65,536 characters of a comment, 1 MiB of a job's summary. */
export const REVIEW_LIMITS = { comment: 65_000, summary: 1_040_000 } as const

/** The line by which the comment of an earlier run is found, so that it is replaced and none is added. */
export function toMarker(scenario: string): string {
  return `<!-- phaseproof: ${scenario.replaceAll(/[^\w/.-]/g, '_').replaceAll('--', '__')} -->`
}

const MARKS: Readonly<Record<PhaseResult['outcome'], string>> = {
  passed: '✅ passed',
  failed: '❌ failed',
  'not-run': '⚪ not run',
}

/** A part of the text that is left out as a whole where the text would become too long. */
interface Block {
  readonly text: string
  /** Said where it is left out: `2 findings`. */
  readonly what: string
}

/**
 * A proof as Markdown for a pull request or the summary of a job: verdict, phases, findings, what will happen, limits. Pure.
 * @param limitBytes what does not fit is left out, and it says what
 */
export function renderReview(
  proof: Proof,
  states: ProofStates | null,
  scenario: Reported,
  limitBytes: number,
): string {
  const marks = { proven: '✅', disproven: '❌', undecided: '⚪' }
  const head = [
    toMarker(proof.scenario),
    `## ${marks[proof.verdict]} ${toMarkdownText(scenario.title)}: ${proof.verdict}`,
    toMarkdownText(tellWhy(proof)),
    `Scenario ${toMarkdownText(proof.scenario)}, phases 1 to ${proof.upTo}${proof.about.snapshot ? `, on the snapshot ${toMarkdownText(proof.about.snapshot.name)}` : ''}, in ${Math.round(proof.durationMs / 1000)} s.`,
  ].join('\n\n')
  const changes = toPhaseChanges(proof, states, scenario)
  const blocks: readonly Block[] = [
    { text: toPhaseTable(proof, scenario), what: 'the table of phases' },
    ...listPlaced(proof).map((one) => ({ text: toFinding(one), what: 'finding' })),
    {
      text: fold(
        'What will happen to production',
        changes.flatMap((change) => [
          `**Phase ${change.phase}: ${toMarkdownText(change.title)}**`,
          '',
          ...tellChange(change).map((sentence) => `- ${toMarkdownText(sentence)}`),
          '',
        ]),
      ),
      what: 'what will happen to production',
    },
    {
      text: fold('The phases as a picture; the table above says the same', [
        renderPhasePicture(proof.phases, scenario.phases),
      ]),
      what: 'the picture of the phases',
    },
    {
      text: fold(
        `What was not shown (${proof.limits.length})`,
        [...(proof.undecided ?? []).map((text) => `could not judge ${text}`), ...proof.limits].map(
          (text) => `- ${toMarkdownText(text)}`,
        ),
      ),
      what: 'what was not shown',
    },
  ]
  return `${toFitting(head, blocks, limitBytes)}\n`
}

function toPhaseTable({ phases: results }: Proof, { phases }: Reported): string {
  return [
    '| phase | title | risk | planned | outcome |',
    '|---|---|---|---|---|',
    ...results.map((result) => {
      const phase = phases.find(({ id }) => id === result.phase)
      const found =
        result.outcome === 'failed'
          ? `, ${result.findings.length} finding${result.findings.length === 1 ? '' : 's'}`
          : ''
      return `| ${result.phase} | ${toMarkdownText(result.title)} | ${phase?.risk ?? ''} | ${phase ? `${phase.estimateMinutes} min` : ''} | ${MARKS[result.outcome]}${found} |`
    }),
  ].join('\n')
}

function toFinding({ title, text, file, line }: PlacedFinding): string {
  return [
    `- **${toMarkdownText(title)}**`,
    ...text.split('\n').map((entry) => `  - ${toMarkdownText(entry)}`),
    `  - at ${toMarkdownText(`${file}:${line}`)}`,
  ].join('\n')
}

function fold(summary: string, lines: readonly string[]): string {
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>'].join('\n')
}

/** As many blocks as there is room for, in their order; what is left out is said. */
function toFitting(head: string, blocks: readonly Block[], limitBytes: number): string {
  const kept: string[] = []
  const cut: string[] = []
  // Room for the sentence that says what was cut.
  let room = limitBytes - toBytes(head) - 500
  for (const { text, what } of blocks) {
    const size = toBytes(text) + 2
    if (size <= room) {
      room -= size
      kept.push(text)
    } else cut.push(what)
  }
  if (cut.length === 0) return [head, ...kept].join('\n\n')
  const findings = cut.filter((what) => what === 'finding').length
  const others = cut.filter((what) => what !== 'finding')
  const names = [...(findings === 0 ? [] : [`${findings} finding${findings === 1 ? '' : 's'}`]), ...others]
  return [
    head,
    `**Cut for want of room: ${names.join(', ')}. The report of the run has it whole.**`,
    ...kept,
  ].join('\n\n')
}

function toBytes(text: string): number {
  return new TextEncoder().encode(text).length
}
