import type { MigrationFailure } from '../../model/history.ts'
import { toKeptName } from './kept-name.ts'

/** A statement without its texts, quoted names and comments. */
export function withoutTexts(statement: string | null): string {
  return (statement ?? '').replaceAll(/"[^"]*"|'[^']*'|\/\*.*?\*\//gs, ' ')
}

/** Does the statement hold a longer name that Postgres cuts to the one in its message? */
export function namesCut({ message, statement }: MigrationFailure): boolean {
  const names = [...message.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name)
  const words = (statement ?? '').split(/[^\p{L}\p{N}_$]+/u)
  return names.some((name) => words.some((word) => word !== name && toKeptName(word) === name))
}

/** Does the statement write the missing name with capitals and without quotes, so that Postgres looks for small letters? */
export function isFolded({ message, statement }: MigrationFailure): boolean {
  const named = /"([^"]+)"|column ([^\s"]+) does/.exec(message)
  const missing = (named?.[1] ?? named?.[2] ?? '').split('.').at(-1) ?? ''
  const words = withoutTexts(statement).match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []
  return words.some((word) => word !== missing && word.toLowerCase() === missing)
}
