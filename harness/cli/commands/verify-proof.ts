import { type Command, InvalidArgumentError } from 'commander'
import { toTimelessDigest } from '../../proof/statement/to-timeless.ts'
import { readTrustedKeys } from '../../stories/signing/keys.ts'
import { type VerifiedProof, verifyProof } from '../../stories/verify-proof.ts'
import type { ExitCode } from '../exit-code.ts'
import { importTypeScript } from '../import-typescript.ts'
import { findProjectRoot } from '../project-root.ts'

interface VerifyProofFlags {
  readonly key: string[]
  readonly scenario?: string
  readonly phase?: number
  readonly allowReused?: true
  readonly allowQuick?: true
  readonly json?: true
}

/** `verify-proof <proof>`: who signed a proof, what it is about, and whether all of that is still so. */
export function registerVerifyProof(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('verify-proof')
    .description('Say who signed a proof and what it is about, and hold that against the files as they are.')
    .argument('<proof>', 'reports/<scenario>/phase-<n>.json, its statement or its bundle')
    .requiredOption('--key <file...>', 'public keys of whoever may sign')
    .option('--scenario <name>', 'what it has to be of; else the place of the file says it')
    .option('--phase <n>', 'the phase it has to be of; else the place of the file says it', parsePhase)
    .option('--allow-reused', 'accept what was told again from earlier runs')
    .option('--allow-quick', 'accept that rehearsals were left out')
    .option('--json', 'print what was found as JSON')
    .addHelpText('after', '\nExit codes: 0 it counts, 1 refused, 2 wrong usage, 3 could not decide.')
    .action(async (file: string, flags: VerifyProofFlags) => {
      const { scenario, phase, allowReused, allowQuick } = flags
      const verified = await verifyProof({
        file,
        trusted: readTrustedKeys(flags.key),
        ...(scenario !== undefined && { scenario }),
        ...(phase !== undefined && { upTo: phase }),
        allowances: { reused: allowReused ?? false, quick: allowQuick ?? false },
        projectRoot: findProjectRoot(),
        load: importTypeScript,
      })
      process.stdout.write(flags.json ? renderJson(verified) : render(file, verified))
      finish(verified.refusals.length === 0 ? 0 : 1)
    })
}

function parsePhase(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Take the number of a phase.')
}

function renderJson({ statement, signer, refusals }: VerifiedProof): string {
  const by = signer && { id: signer.id, file: signer.file }
  const digest = statement && toTimelessDigest(statement)
  return `${JSON.stringify({ accepted: refusals.length === 0, signer: by, timelessDigest: digest, refusals, statement }, null, 2)}\n`
}

function render(file: string, { statement, signer, refusals }: VerifiedProof): string {
  const by = signer === null ? 'nobody that is trusted' : `${signer.id.slice(0, 16)} (${signer.file})`
  const lines = [`  signed by  ${by}`]
  if (statement !== null) {
    const { phaseproof } = statement.predicate
    const { scenario, upTo, verdict, commit, tool, postgres, harness, proof, checks } = phaseproof
    const dirty = commit?.isDirty ? ' with changes that were not committed' : ''
    lines.push(
      `  about      ${scenario} phases 1 to ${upTo}, ${verdict} at ${proof.takenAt}, ${checks.length} checks`,
      `  commit     ${commit === null ? 'none: no git' : `${commit.id}${dirty}`}`,
      `  made with  ${harness.name} ${harness.version}, ${tool.name} ${tool.version}, PostgreSQL ${postgres.version} (${postgres.provider})`,
      ...statement.subject.map(({ name, digest }) => `  subject    ${name}  ${digest.sha256.slice(0, 12)}`),
      ...proof.limits.map((limit) => `  limit      ${limit}`),
      `  digest without times  ${toTimelessDigest(statement)}`,
    )
  }
  lines.push(
    ...refusals.flatMap(({ kind, message, remedy }) => [`  ✗ ${kind}: ${message}`, `      next  ${remedy}`]),
  )
  const verdict = refusals.length === 0 ? 'it counts' : `REFUSED for ${refusals.length} reasons`
  // A proof that nobody signed may hold anything, commands to the terminal too.
  const text = lines.map((line) => line.replaceAll(/\p{Cc}/gu, '?')).join('\n')
  return `${file}\n${text}\n${file}: ${verdict.replace('1 reasons', 'one reason')}\n`
}
