import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/**
 * Reads the installed Prisma's version and the script of its command line.
 * @throws Error when it is not installed
 */
export async function readPrisma(): Promise<{ version: string; cli: string }> {
  try {
    const manifest = require.resolve('prisma/package.json')
    const { version, bin } = JSON.parse(await readFile(manifest, 'utf8'))
    return { version, cli: join(dirname(manifest), bin.prisma) }
  } catch (cause) {
    throw new Error(
      `Generating Prisma Client: the package prisma is not installed.\nRun pnpm install in the project, without leaving out dependencies.`,
      { cause },
    )
  }
}

/**
 * Runs `prisma generate` as a child process, without download, telemetry or update check. It takes about 2 s.
 * `shownSchema` stands for the path in messages.
 * @throws Error with what Prisma said
 */
export async function runGenerate(cli: string, schema: string, shownSchema: string): Promise<void> {
  const child = spawn(process.execPath, [cli, 'generate', '--no-hints', '--schema', schema], {
    cwd: dirname(schema),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Generating doesn't run the schema engine, but the CLI would download one unless an executable is named.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      NO_COLOR: '1',
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (exitCode !== 0) {
    const said = output.replaceAll(schema, shownSchema).trim().split('\n').slice(-20).join('\n')
    throw new Error(
      `Generating Prisma Client from ${shownSchema}: prisma generate ended with ${exitCode ?? 'a signal'}.\n` +
        `Mend what Prisma says:\n${said}`,
    )
  }
}
