import type { Command } from 'commander'
import { writeKeyPair } from '../../stories/signing/keys.ts'
import type { ExitCode } from '../exit-code.ts'

/** `keygen`: writes a key pair to sign proofs with. */
export function registerKeygen(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('keygen')
    .description('Write a new ed25519 key pair to sign proofs with; files that are there stay as they are.')
    .option('--out <name>', 'beginning of the names of both files', 'phaseproof-key')
    .addHelpText('after', '\nExit codes: 0 written, 2 wrong usage.')
    .action(({ out }: { readonly out: string }) => {
      const { id, files } = writeKeyPair(out)
      const [secret, open] = files
      process.stdout.write(
        `key ${id.slice(0, 16)}\n  ${secret}: signs; keep it secret and out of the repository\n  ${open}: verifies; commit it\n`,
      )
      finish(0)
    })
}
