import { ProgramFailed } from '../../model/ports.ts'
import type { ContainerHandle } from './container-lifetime.ts'

/** A shell that reads secrets line by line from its input, so the engine stores them nowhere. */
const WITH_SECRETS = 'while IFS= read -r line && [ -n "$line" ]; do export "$line"; done; exec "$0" "$@"'

// Testcontainers' own `exec` first gathers all output as text, which a dump is too large for.
/**
 * Runs a program in a running container and yields its output as fast as it is read.
 * @param secrets environment variables that go through the input, so that the engine records none of them
 * @throws ProgramFailed
 */
export async function* runInContainer(
  container: ContainerHandle,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): AsyncGenerator<Buffer> {
  const exec = await container.exec({
    Cmd: ['sh', '-c', WITH_SECRETS, ...command],
    Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  })
  const stream = await exec.start({ hijack: true, stdin: true })
  try {
    stream.write(
      `${Object.entries(secrets)
        .map(([name, value]) => `${name}=${value}\n`)
        .join('')}\n`,
    )
    let said = ''
    for await (const { isError, bytes } of readFrames(stream as AsyncIterable<Buffer>)) {
      if (!isError) yield bytes
      else if (said.length < 4096) said += bytes.toString('utf8')
    }
    const { ExitCode } = await exec.inspect().catch(() => {
      throw new ProgramFailed('its container is gone')
    })
    if (ExitCode !== 0) throw new ProgramFailed(said.trim().split('\n')[0] || `it ended with ${ExitCode}`)
  } finally {
    stream.destroy()
  }
}

/** Output of both sorts, as the engine sends it over one stream; `demuxStream` of Docker's client ignores how fast it is read. Source: https://docs.docker.com/reference/api/engine/, "Stream format". */
async function* readFrames(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly isError: boolean; readonly bytes: Buffer }> {
  let rest: Buffer = Buffer.alloc(0)
  let frame = { isError: false, left: 0 }
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (frame.left > 0 ? rest.length > 0 : rest.length >= HEAD_BYTES) {
      if (frame.left === 0) {
        frame = { isError: rest[0] === 2, left: rest.readUInt32BE(4) }
        rest = rest.subarray(HEAD_BYTES)
        continue
      }
      const bytes = rest.subarray(0, frame.left)
      frame.left -= bytes.length
      rest = rest.subarray(bytes.length)
      yield { isError: frame.isError, bytes }
    }
  }
}

const HEAD_BYTES = 8
