import type { ProcessIdentity } from './process-identity.ts'

/** A process as text for the comment of its databases on a shared server. It holds no colon. */
export function toOwner({ host, pid, started }: ProcessIdentity): string {
  return [host, String(pid), started].map(encodeURIComponent).join(',')
}

/** Parses what `toOwner` wrote; undefined for anything else. */
export function parseOwner(owner: string): ProcessIdentity | undefined {
  const parts = owner.split(',')
  const [host, pid, started] = parts
  if (parts.length !== 3 || !host || !started || !/^\d+$/.test(pid ?? '')) return undefined
  try {
    return { host: decodeURIComponent(host), pid: Number(pid), started: decodeURIComponent(started) }
  } catch {
    return undefined
  }
}
