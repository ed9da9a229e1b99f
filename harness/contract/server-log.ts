import type { Readable } from 'node:stream'

/** The last lines that a server wrote. */
export interface KeptLog {
  lines(): readonly string[]
}

const keptLines = 30

/** Keeps the last lines of some streams, in the order of their arrival. */
export function keepLog(streams: readonly (Readable | null)[]): KeptLog {
  const kept: string[] = []
  for (const stream of streams) {
    let rest = ''
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n')
      rest = lines.pop() ?? ''
      kept.push(...lines)
      kept.splice(0, Math.max(0, kept.length - keptLines))
    })
    stream?.on('end', () => {
      if (rest !== '') kept.push(rest)
    })
  }
  return { lines: () => [...kept] }
}
