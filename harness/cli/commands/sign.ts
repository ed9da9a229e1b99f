import { relative } from 'node:path'
import type { Command } from 'commander'
import { HarnessError } from '../../model/error.ts'
import { signProof } from '../../stories/sign-proof.ts'
import { parsePrivateKey, readPrivateKey } from '../../stories/signing/keys.ts'
import type { ExitCode } from '../exit-code.ts'

interface SignFlags {
  readonly key?: string
  readonly keyEnv?: string
}

/** `sign <proof>`: signs the statement of a proof with a key of one's own, offline. */
export function registerSign(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('sign')
    .description('Sign a proof: its statement, in a Sigstore bundle beside it. Nothing is sent anywhere.')
    .argument('<proof>', 'reports/<scenario>/phase-<n>.json, or its statement')
    .option('--key <file>', 'private key in PEM, ed25519, which only you may read')
    .option('--key-env <variable>', 'environment variable that holds the key itself, for CI')
    .addHelpText('after', '\nExit codes: 0 signed, 2 wrong usage.')
    .action(async (proof: string, { key, keyEnv }: SignFlags) => {
      if ((key === undefined) === (keyEnv === undefined))
        throw usage(
          'Expected one key to sign with.',
          'Give one of --key and --key-env; phaseproof keygen makes a key.',
        )
      const privateKey = key === undefined ? readFromEnvironment(keyEnv ?? '') : readPrivateKey(key)
      const { file, id, verdict, scenario, upTo } = await signProof(proof, privateKey)
      process.stdout.write(
        `${relative(process.cwd(), file)}: ${scenario} phases 1 to ${upTo}, ${verdict}, signed by ${id.slice(0, 16)}\n`,
      )
      finish(0)
    })
}

function readFromEnvironment(variable: string) {
  const pem = process.env[variable]
  if (pem) return parsePrivateKey(pem, `the variable ${variable}`)
  throw usage(
    `The environment variable ${variable} is ${pem === undefined ? 'not set' : 'empty'}.`,
    'Set it to the private key in PEM.',
  )
}

function usage(message: string, remedy: string): HarnessError<'usage'> {
  return new HarnessError('usage', message, remedy, { faults: [message] })
}
