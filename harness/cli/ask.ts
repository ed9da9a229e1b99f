import { createInterface } from 'node:readline/promises'
import { toChoice } from './to-choice.ts'

/** Asks on the terminal; the first answer is the default. Resolves to an index, or null when there is no terminal or the input ends. */
export async function ask(question: string, answers: readonly string[]): Promise<number | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null
  const list = answers.map((answer, index) => `    ${index + 1}  ${answer}\n`).join('')
  process.stderr.write(`\n  ${question}\n${list}`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const ended = new Promise<null>((resolve) => terminal.once('close', () => resolve(null)))
  try {
    for (;;) {
      const line = await Promise.race([terminal.question('  [1] '), ended])
      if (line === null) return null
      const choice = toChoice(line, answers)
      if (choice !== null) return choice
      process.stderr.write(`  Type a number from 1 to ${answers.length}, or Enter for 1.\n`)
    }
  } finally {
    terminal.close()
  }
}
