import { deparse, type Node } from 'libpg-query'

/** Renders an expression of a parse tree as SQL text, every name quoted where it must be; null when it cannot be rendered. */
export async function renderExpression(node: Node): Promise<string | null> {
  const select: Node = {
    SelectStmt: {
      targetList: [{ ResTarget: { val: node } }],
      limitOption: 'LIMIT_OPTION_DEFAULT',
      op: 'SETOP_NONE',
    },
  }
  const text = await renderOrNull(select)
  return text === null ? null : text.replace(/^SELECT /, '')
}

async function renderOrNull(stmt: Node): Promise<string | null> {
  try {
    return await deparse({ version: 170004, stmts: [{ stmt }] })
  } catch (error) {
    // As in `parseSql`: an answer that contains the word ERROR arrives as an error whose message is the whole answer.
    const answer = error instanceof Error ? error.message : ''
    return answer.startsWith('SELECT ') ? answer : null
  }
}
