import { existsSync, readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'

/** Where a Docker engine may listen: a unix socket, or a host and port. */
type DockerAddress =
  | { readonly socketPath: string }
  | { readonly host: string; readonly port: number; readonly tls: boolean }

// Testcontainers' own client takes a third of a second to load, asks one place after the other, and waits forever for a hanging engine.
/**
 * Asks every place where Testcontainers looks for a Docker engine, all at once. It is true at the first answer.
 * @param deadlineMs after this an engine that has not answered counts as absent
 */
export async function pingDocker(env: NodeJS.ProcessEnv, deadlineMs: number): Promise<boolean> {
  const answers = toDockerAddresses(env, readTestcontainersProperties()).map(async (address) => {
    if (await askPing(address, deadlineMs)) return true
    throw new Error('no answer')
  })
  return Promise.any(answers).catch(() => false)
}

/**
 * The addresses to ask, in Testcontainers' order: `tc.host` and `docker.host` of its properties file, DOCKER_HOST,
 * then the usual sockets.
 */
export function toDockerAddresses(env: NodeJS.ProcessEnv, properties: string): readonly DockerAddress[] {
  const named = [...properties.matchAll(/^\s*(?:tc|docker)\.host\s*[=:]\s*(\S+)\s*$/gm)].map(
    (match) => match[1],
  )
  const tls = env.DOCKER_TLS_VERIFY === '1'
  const fromNames = [env.DOCKER_HOST, ...named].flatMap((text) => toAddress(text, tls))
  const runtime = env.XDG_RUNTIME_DIR === undefined ? [] : [path.join(env.XDG_RUNTIME_DIR, 'docker.sock')]
  const sockets = [
    '/var/run/docker.sock',
    ...runtime,
    path.join(os.homedir(), '.docker/run/docker.sock'),
    path.join(os.homedir(), '.docker/desktop/docker.sock'),
    `/run/user/${process.getuid?.() ?? 0}/docker.sock`,
  ]
  return [...fromNames, ...sockets.map((socketPath) => ({ socketPath }))]
}

function toAddress(text: string | undefined, tls: boolean): readonly DockerAddress[] {
  if (text === undefined || text === '') return []
  if (text.startsWith('unix://')) return [{ socketPath: text.slice('unix://'.length) }]
  try {
    const url = new URL(text)
    if (!['tcp:', 'http:', 'https:'].includes(url.protocol)) return []
    const secure = tls || url.protocol === 'https:'
    return [{ host: url.hostname, port: Number(url.port || (secure ? 2376 : 2375)), tls: secure }]
  } catch {
    return []
  }
}

function readTestcontainersProperties(): string {
  const file = path.join(os.homedir(), '.testcontainers.properties')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function askPing(address: DockerAddress, deadlineMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const target = 'socketPath' in address ? address : { host: address.host, port: address.port }
    const secure = 'tls' in address && address.tls
    const options = { ...target, path: '/_ping', timeout: deadlineMs, agent: false }
    const onAnswer = (response: http.IncomingMessage) => {
      response.resume()
      resolve(secure || response.statusCode === 200)
    }
    // Only whether an engine listens is asked here; Testcontainers checks certificates when it connects.
    const request = secure
      ? https.get({ ...options, rejectUnauthorized: false }, onAnswer)
      : http.get(options, onAnswer)
    const timer = setTimeout(() => request.destroy(), deadlineMs)
    request.on('error', () => resolve(false))
    request.on('close', () => {
      clearTimeout(timer)
      resolve(false)
    })
  })
}
