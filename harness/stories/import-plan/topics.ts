/** What a part of a phase is about. */
export type Topic =
  | 'goal'
  | 'migrations'
  | 'tables'
  | 'dependencies'
  | 'risk'
  | 'estimate'
  | 'checks'
  | 'rollback'

export type Risk = 'low' | 'medium' | 'high'

/** The first that fits is meant: "Migration History Verification" is about checks. */
const words: readonly (readonly [Topic, RegExp])[] = [
  ['rollback', /\b(?:roll(?:ing)?[- ]?back|revert|undo|back[- ]?out|down migration)/i],
  ['estimate', /\b(?:estimat|duration|timeline|effort|time needed|how long)/i],
  ['risk', /\brisk/i],
  ['dependencies', /\b(?:depend|requires|prerequisite|needs|comes after)/i],
  ['checks', /\b(?:test|verif|validat|check|acceptance|success criteria|done when)/i],
  ['migrations', /\bmigrations?\b/i],
  ['tables', /\b(?:tables?|columns?|affected objects|schema changes)\b/i],
  ['goal', /^(?:goal|objective|purpose|aim|action|description|summary|what)\b/i],
]

/** What a heading or label announces; null where it is none of what a phase has. */
export function toTopic(label: string): Topic | null {
  return words.find(([, pattern]) => pattern.test(label))?.[0] ?? null
}

const risks: readonly (readonly [Risk, RegExp])[] = [
  ['high', /\b(?:high|critical|severe)\b|🔴/i],
  ['medium', /\b(?:medium|moderate)\b|🟡|🟠/i],
  ['low', /\b(?:low|minimal|none)\b|🟢/i],
]

/** The risk that a text names first; null where it names none. */
export function toRisk(text: string): Risk | null {
  const found = risks
    .map(([risk, pattern]) => ({ risk, at: text.search(pattern) }))
    .filter(({ at }) => at >= 0)
    .sort((left, right) => left.at - right.at)
  return found[0]?.risk ?? null
}

/** The risk in a title, such as "Foundation (low risk)"; other words there may be about something else. */
export function toRiskOfTitle(title: string): Risk | null {
  const [, word] = /\b(low|medium|moderate|high|critical)[- ]risk\b/i.exec(title) ?? []
  return word === undefined ? null : toRisk(word)
}

/** The greater of two risks. */
export function toGreater(left: Risk, right: Risk): Risk {
  const order: readonly Risk[] = ['low', 'medium', 'high']
  return order.indexOf(left) > order.indexOf(right) ? left : right
}

/** Minutes by unit; a day is one of work. */
const units: readonly (readonly [RegExp, number])[] = [
  [/^m/i, 1],
  [/^h/i, 60],
  [/^d/i, 480],
]

/** Minutes that a text names, of a range the upper end; null where it names none. */
export function toMinutes(text: string): number | null {
  const duration =
    /(\d+(?:[.,]\d+)?)(?:\s*(?:[-–—]|to)\s*(\d+(?:[.,]\d+)?))?\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d)\b/i
  const [, from, to, unit = ''] = duration.exec(text) ?? []
  const number = Number((to ?? from)?.replace(',', '.'))
  const factor = units.find(([pattern]) => pattern.test(unit))?.[1]
  return Number.isNaN(number) || factor === undefined ? null : Math.round(number * factor)
}
