import { StatementSplitter } from '../ground/split-statements.ts'

/** A statement of `post-data.sql`, which completes the tables. */
export interface PostStatement {
  readonly sql: string
  /** Lines of the file before it. */
  readonly line: number
}

/** Statements that can run at the same time: one after the other within a lane, lanes beside each other. */
type PostStep = readonly (readonly PostStatement[])[]

const INDEX =
  /^\s*CREATE (?:UNIQUE )?INDEX .*? ON (?:ONLY )?((?:"(?:[^"]|"")+"|[\w$]+)(?:\.(?:"(?:[^"]|"")+"|[\w$]+))?)/is
const CONSTRAINT =
  /^\s*ALTER TABLE ONLY ((?:"(?:[^"]|"")+"|[\w$]+)(?:\.(?:"(?:[^"]|"")+"|[\w$]+))?)\s+ADD CONSTRAINT (?:"(?:[^"]|"")+"|[\w$]+) (?:PRIMARY KEY|UNIQUE)\b/is

/**
 * Cuts `post-data.sql` into steps in the order of the file. Consecutive indexes and keys are spread over lanes by
 * their table, because building them takes longest. Everything else is a step of its own.
 */
export function planPostData(sql: string): readonly PostStep[] {
  const steps: PostStatement[][][] = []
  let lanes: Map<string, PostStatement[]> | null = null
  for (const statement of toStatements(sql)) {
    const table = (statement.sql.match(INDEX) ?? statement.sql.match(CONSTRAINT))?.[1]
    if (table === undefined) {
      steps.push([[statement]])
      lanes = null
      continue
    }
    if (lanes === null) {
      lanes = new Map()
      steps.push([])
    }
    const lane = lanes.get(table)
    if (lane) lane.push(statement)
    else {
      const begun = [statement]
      lanes.set(table, begun)
      steps.at(-1)?.push(begun)
    }
  }
  return steps
}

function* toStatements(sql: string): Generator<PostStatement> {
  const splitter = new StatementSplitter()
  let line = 0
  let at = 0
  for (const text of sql.split('\n')) {
    if (splitter.isBetween) line = at
    for (const statement of splitter.add(text)) {
      yield { sql: statement, line }
      line = at
    }
    at += 1
  }
  // What is left has no end: Postgres says so better than we could.
  const rest = splitter.end()
  if (rest !== '') yield { sql: rest, line }
}
