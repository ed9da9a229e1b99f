/** The index of the answer that a typed line means: its number, or how it begins; the first for an empty line, null for anything else. */
export function toChoice(line: string, answers: readonly string[]): number | null {
  const typed = line.trim().toLowerCase()
  if (typed === '') return 0
  const number = Number(typed)
  if (Number.isInteger(number) && number >= 1 && number <= answers.length) return number - 1
  const meant = answers.flatMap((answer, index) => (answer.toLowerCase().startsWith(typed) ? [index] : []))
  return meant.length === 1 ? (meant[0] ?? null) : null
}
