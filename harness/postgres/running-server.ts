import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readProcessName, readProcessStart } from '../ground/process-identity.ts'

/** Tells whether a server runs on a data folder, by the process that `postmaster.pid` names. */
export function isServerRunning(data: string): boolean {
  let pid: number
  try {
    pid = Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return false
  }
  return readProcessStart(pid) !== undefined && readProcessName(pid)?.includes('postgres') === true
}
