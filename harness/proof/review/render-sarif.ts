import { createHash } from 'node:crypto'
import type { Proof } from '../../model/proof.ts'
import { listPlaced } from './list-placed.ts'

/** Findings as SARIF 2.1.0, for whatever shows the results of analysers beside code. A proven run has no result. Pure. */
export function renderSarif(proof: Proof, version: string): string {
  const placed = listPlaced(proof)
  const kinds = [...new Set(placed.map(({ finding }) => finding.kind))].sort()
  const run = {
    tool: {
      driver: {
        name: 'Phaseproof',
        version,
        rules: kinds.map((id) => ({
          id,
          shortDescription: { text: id.replaceAll('-', ' ') },
          help: { text: `See docs/findings/${id}.md of Phaseproof.` },
        })),
      },
    },
    automationDetails: { id: `phaseproof/${proof.scenario}/` },
    invocations: [{ executionSuccessful: proof.verdict !== 'undecided', endTimeUtc: proof.takenAt }],
    columnKind: 'utf16CodeUnits',
    results: placed.map(({ finding, file, line, title, text }) => ({
      ruleId: finding.kind,
      ruleIndex: kinds.indexOf(finding.kind),
      level: 'error',
      message: { text: `${title}\n${text}` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: toUri(file), uriBaseId: '%SRCROOT%' },
            region: { startLine: line },
          },
        },
      ],
      // Lines move while a file is edited, so they do not tell one finding from another.
      partialFingerprints: { 'phaseproof/v1': toFingerprint([finding.kind, file, title]) },
    })),
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** Half of a character, which no URI can hold. */
const HALVES = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

function toUri(file: string): string {
  return file
    .split(/[\\/]/)
    .map((part) => encodeURIComponent(part.replaceAll(HALVES, '\uFFFD')))
    .join('/')
}

function toFingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
