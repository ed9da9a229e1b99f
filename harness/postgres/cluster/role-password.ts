import { createHmac } from 'node:crypto'
import type { ServerAddress } from '../../model/ports.ts'

/** The password by which a role of ours logs in: whoever may reach the server can tell it, and nobody else. */
export function toRolePassword({ url, owner }: ServerAddress, role: string): string {
  return createHmac('sha256', `${url} ${owner}`).update(role).digest('base64url')
}
