import { quoteName, quoteText } from '../ground/quote.ts'
import type { SqlNode } from '../ground/sql/parse-sql.ts'
import { type ColumnType, toColumnType } from './column-type.ts'
import type { DatabaseState, TableState } from './database-state.ts'
import { toStateSql } from './expression.ts'
import { CannotAsk, type Of, toNames } from './sql-tree.ts'
import { toTypeText } from './type-text.ts'

/** Functions that give a value for every argument, so that no row can make them fail. */
const TOTAL = new Set(
  `lower upper initcap btrim ltrim rtrim trim replace translate reverse length char_length octet_length concat concat_ws
  left right split_part regexp_replace md5 coalesce nullif abs round floor ceil ceiling trunc greatest least timezone
  to_char date_trunc date_part extract now to_jsonb to_json jsonb_build_object jsonb_build_array array_to_string
  string_to_array cardinality array_length array_remove array_append jsonb_typeof quote_literal`.split(/\s+/),
)
const COMPARISONS = /^([<>=!~*@?#&|-]+|!?~~\*?|->>?|#>>?|\|\||@>|<@)$/
const INTEGER_RANGE: Readonly<Record<number, readonly [string, string]>> = {
  2: ['-32768', '32767'],
  4: ['-2147483648', '2147483647'],
  8: ['-9223372036854775808', '9223372036854775807'],
}

/** Says in SQL for which rows the evaluation of an expression fails. */
export class Throwing {
  readonly #state: DatabaseState
  readonly #table: TableState

  constructor(state: DatabaseState, table: TableState) {
    this.#state = state
    this.#table = table
  }

  /** A condition that is true for rows on which the expression fails; `false` where none can. @throws CannotAsk */
  async of(node: SqlNode): Promise<string> {
    if ('ColumnRef' in node || 'A_Const' in node || 'SQLValueFunction' in node) return 'false'
    if ('TypeCast' in node) return this.#ofCast(node.TypeCast)
    if ('CollateClause' in node) return this.#ofAll([node.CollateClause.arg])
    if ('NullTest' in node) return this.#ofAll([node.NullTest.arg])
    if ('BooleanTest' in node) return this.#ofAll([node.BooleanTest.arg])
    if ('BoolExpr' in node) return this.#ofAll(node.BoolExpr.args ?? [])
    if ('A_ArrayExpr' in node) return this.#ofAll(node.A_ArrayExpr.elements ?? [])
    if ('MinMaxExpr' in node) return this.#ofAll(node.MinMaxExpr.args ?? [])
    if ('List' in node) return this.#ofAll(node.List.items ?? [])
    if ('CoalesceExpr' in node) return this.#ofCoalesce(node.CoalesceExpr.args ?? [])
    if ('CaseExpr' in node) return this.#ofCase(node.CaseExpr)
    if ('A_Expr' in node) return this.#ofOperator(node.A_Expr)
    if ('FuncCall' in node) return this.#ofCall(node.FuncCall)
    throw new CannotAsk('nobody can tell from its text on which rows its expression fails')
  }

  /** As `of`, for the value of an expression that is stored into a column. @throws CannotAsk */
  async ofAssignment(node: SqlNode, target: string): Promise<string> {
    if ('A_Const' in node) return 'false'
    const own = await this.of(node)
    const cast = 'TypeCast' in node ? node.TypeCast.typeName : undefined
    if (cast !== undefined && (await toTypeText(cast, this.#state)) === target) return own
    const value = `(${await toStateSql(node, this.#state)})`
    return or([own, await this.#ofValue(value, await this.#typeOf(node), target, false)])
  }

  /** The type of an expression as SQL; null where its text does not tell. */
  async #typeOf(node: SqlNode): Promise<string | null> {
    if ('TypeCast' in node && node.TypeCast.typeName) return toTypeText(node.TypeCast.typeName, this.#state)
    if ('ColumnRef' in node) {
      const name = toNames(node.ColumnRef.fields).at(-1) ?? ''
      return this.#table.columns.get(name)?.type ?? null
    }
    if ('A_Const' in node) {
      if (node.A_Const.ival) return 'integer'
      return node.A_Const.fval ? 'numeric' : null
    }
    if ('CoalesceExpr' in node) return this.#typeOfFirst(node.CoalesceExpr.args ?? [])
    if ('CaseExpr' in node) {
      const { args = [], defresult } = node.CaseExpr
      const results = args.flatMap((one) =>
        'CaseWhen' in one && one.CaseWhen.result ? [one.CaseWhen.result] : [],
      )
      return this.#typeOfFirst(defresult ? [...results, defresult] : results)
    }
    if ('A_Expr' in node) return this.#typeOfOperator(node.A_Expr)
    if ('FuncCall' in node) {
      const name = toNames(node.FuncCall.funcname).at(-1) ?? ''
      const gives =
        /^(lower|upper|initcap|btrim|ltrim|rtrim|trim|replace|translate|reverse|concat|concat_ws|left|right|split_part|regexp_replace|to_char|array_to_string|md5)$/
      return gives.test(name) ? 'text' : null
    }
    return null
  }

  /** A literal takes the type of what stands beside it. */
  async #typeOfFirst(nodes: readonly SqlNode[]): Promise<string | null> {
    for (const node of nodes) {
      const type = await this.#typeOf(node)
      if (type !== null) return type
    }
    return null
  }

  async #typeOfOperator({ kind, name, lexpr, rexpr }: Of<'A_Expr'>): Promise<string | null> {
    const operator = toNames(name)[0] ?? ''
    if (kind === 'AEXPR_NULLIF' && lexpr) return this.#typeOf(lexpr)
    if (kind !== 'AEXPR_OP') return 'boolean'
    if (operator === '->>' || operator === '#>>') return 'text'
    if (operator === '->' || operator === '#>') return lexpr ? this.#typeOf(lexpr) : null
    if (operator === '||') return 'text'
    if (!/^[-+*/%]$/.test(operator)) return 'boolean'
    const sides = await Promise.all([lexpr, rexpr].map((side) => (side ? this.#typeOf(side) : null)))
    const types = sides.flatMap((side) => (side === null ? [] : [toColumnType(side)]))
    if (types.length < 2) return null
    if (types.every(({ family }) => family === 'integer'))
      return types.some(({ size }) => size === 8) ? 'bigint' : 'integer'
    if (types.every(({ family }) => family === 'integer' || family === 'numeric')) return 'numeric'
    return null
  }

  async #ofAll(nodes: readonly (SqlNode | undefined)[]): Promise<string> {
    const parts: string[] = []
    for (const node of nodes) if (node !== undefined) parts.push(await this.of(node))
    return or(parts)
  }

  /** Later arguments are looked at only where the earlier ones are NULL. */
  async #ofCoalesce(args: readonly SqlNode[]): Promise<string> {
    const branches: string[] = []
    for (const arg of args) {
      const own = await this.of(arg)
      if (own !== 'false') branches.push(`WHEN ${own} THEN true`)
      branches.push(`WHEN (${await toStateSql(arg, this.#state)}) IS NOT NULL THEN false`)
    }
    return branches.some((branch) => branch.endsWith('THEN true')) ? toCase(branches, 'false') : 'false'
  }

  async #ofCase({ arg, args = [], defresult }: Of<'CaseExpr'>): Promise<string> {
    const subject = arg && (await toStateSql(arg, this.#state))
    const branches: string[] = []
    if (arg) {
      const own = await this.of(arg)
      if (own !== 'false') branches.push(`WHEN ${own} THEN true`)
    }
    for (const when of args) {
      if (!('CaseWhen' in when) || !when.CaseWhen.expr || !when.CaseWhen.result) continue
      const { expr, result } = when.CaseWhen
      const own = await this.of(expr)
      if (own !== 'false') branches.push(`WHEN ${own} THEN true`)
      const condition = await toStateSql(expr, this.#state)
      const holds = subject === undefined ? condition : `(${subject}) = (${condition})`
      branches.push(`WHEN ${holds} THEN ${await this.of(result)}`)
    }
    const last = defresult ? await this.of(defresult) : 'false'
    const isTotal = last === 'false' && branches.every((branch) => branch.endsWith('THEN false'))
    return isTotal ? 'false' : toCase(branches, last)
  }

  async #ofOperator(expression: Of<'A_Expr'>): Promise<string> {
    const { kind, name, lexpr, rexpr } = expression
    const sides = await this.#ofAll([lexpr, rexpr])
    const operator = toNames(name).at(-1) ?? ''
    const isArithmetic = /^[-+*/%]$/.test(operator)
    if (kind !== 'AEXPR_OP' || (!isArithmetic && COMPARISONS.test(operator))) return sides
    if (!lexpr || !rexpr) return sides
    const type = await this.#typeOfOperator(expression)
    if (type === null || !isArithmetic)
      throw new CannotAsk(`nobody can tell from its text on which rows ${operator} fails`)
    const left = `(${await toStateSql(lexpr, this.#state)})::numeric`
    const right = `(${await toStateSql(rexpr, this.#state)})::numeric`
    if (operator === '/' || operator === '%') return or([sides, `${right} = 0`])
    if (type === 'numeric') return sides
    return or([
      sides,
      outside(`${left} ${operator} ${right}`, INTEGER_RANGE[toColumnType(type).size ?? 4] ?? ['0', '0']),
    ])
  }

  async #ofCall({ funcname, args = [] }: Of<'FuncCall'>): Promise<string> {
    const name = toNames(funcname).at(-1) ?? ''
    const inner = await this.#ofAll(args)
    const [first] = args
    if (/^jsonb?_array_length$/.test(name) && first) {
      const of = name.startsWith('jsonb') ? 'jsonb' : 'json'
      return or([inner, `${of}_typeof(${await toStateSql(first, this.#state)}) <> 'array'`])
    }
    if (!TOTAL.has(name)) throw new CannotAsk(`nobody can tell from its text on which rows ${name}() fails`)
    return inner
  }

  async #ofCast({ arg, typeName }: Of<'TypeCast'>): Promise<string> {
    if (!arg || !typeName) return 'false'
    const target = await toTypeText(typeName, this.#state)
    const own = await this.of(arg)
    if ('A_Const' in arg) return own
    const value = `(${await toStateSql(arg, this.#state)})`
    return or([own, await this.#ofValue(value, await this.#typeOf(arg), target, true)])
  }

  /** Which values of a type fail to become another. */
  async #ofValue(value: string, from: string | null, to: string, isExplicit: boolean): Promise<string> {
    const target = toColumnType(to)
    const source = from === null ? null : toColumnType(from)
    if (from !== null && from.toLowerCase() === to.toLowerCase()) return 'false'
    if (target.isArray) {
      if (source !== null && !source.isArray) {
        if (source.family === 'text') return this.#ofText(value, { ...target, element: to }, to)
        throw new CannotAsk(`nobody can tell which values of ${from} become ${to}`)
      }
      const element = await this.#ofValue('"#"', source?.element ?? null, target.element, isExplicit)
      return element === 'false'
        ? 'false'
        : `EXISTS (SELECT FROM unnest(${value}) AS ${quoteName('#e')} ("#") WHERE ${element})`
    }
    const values = this.#state.enumOf(target.element)
    if (values && !(source && this.#state.enumOf(source.element)?.key === values.key))
      return `${value}::text <> ALL (ARRAY[${values.values.map(quoteText).join(', ')}]::text[])`
    if (target.family === 'text') return toTooLong(value, target, source, isExplicit)
    if (source?.family === 'text' && isExplicit) return this.#ofText(value, target, to)
    if (source?.family === 'json' && /^(integer|numeric|float|boolean)$/.test(target.family)) {
      const wanted = target.family === 'boolean' ? 'boolean' : 'number'
      const isOther = `jsonb_typeof(${value}) <> ${quoteText(wanted)}`
      const number = `(${value} #>> '{}')::numeric`
      return target.family === 'boolean'
        ? isOther
        : `CASE WHEN ${isOther} THEN true ELSE ${toNumberOutside(number, target, { ...target, family: 'numeric', size: null })} END`
    }
    if (/^(integer|numeric|float)$/.test(target.family)) {
      if (source?.family === 'boolean') return 'false'
      return toNumberOutside(value, target, source)
    }
    if (
      source !== null &&
      source.family === target.family &&
      source.element.split('(')[0] === target.element.split('(')[0]
    )
      return 'false'
    if (target.family === 'boolean' && source?.family === 'integer') return 'false'
    if (target.family === 'timestamp' && (source?.family === 'timestamp' || source?.family === 'date'))
      return 'false'
    if (target.family === 'date' && source?.family === 'timestamp') return 'false'
    if (target.family === 'json' && source?.family === 'json') return 'false'
    throw new CannotAsk(`nobody can tell which values of ${from ?? 'its expression'} become ${to}`)
  }

  /** Which texts are not read as a value of a type. */
  #ofText(value: string, target: ColumnType, to: string): string {
    const text = `${value}::text`
    if (this.#state.major >= 16)
      return `NOT pg_input_is_valid(${text}, ${quoteText(this.#state.castable(to))})`
    if (target.family === 'integer') {
      const range = INTEGER_RANGE[target.size ?? 4] ?? ['0', '0']
      return `CASE WHEN ${text} !~ '^\\s*[-+]?[0-9]+\\s*$' THEN true ELSE ${outside(`${text}::numeric`, range)} END`
    }
    if (target.family === 'uuid')
      return `lower(${text}) !~ '^(\\{[0-9a-f]{4}(-?[0-9a-f]{4}){7}\\}|[0-9a-f]{4}(-?[0-9a-f]{4}){7})$'`
    throw new CannotAsk(`Postgres below 16 cannot tell which texts are no ${to}`)
  }
}

/** Text keeps all values; a length keeps those that fit, and an explicit cast cuts the rest off. */
function toTooLong(
  value: string,
  target: ColumnType,
  source: ColumnType | null,
  isExplicit: boolean,
): string {
  if (target.size === null || isExplicit) return 'false'
  if (source?.family === 'text' && source.size !== null && source.size <= target.size) return 'false'
  // Blanks beyond the length are cut off without a word.
  return `(char_length(${value}::text) > ${target.size} AND substr(${value}::text, ${target.size + 1}) ~ '[^ ]')`
}

function toNumberOutside(value: string, target: ColumnType, source: ColumnType | null): string {
  const isFloat = source?.family === 'float'
  if (target.family === 'integer') {
    const size = target.size ?? 4
    if (source?.family === 'integer' && (source.size ?? 8) <= size) return 'false'
    const range = INTEGER_RANGE[size] ?? ['0', '0']
    if (isFloat) return outsideFloat(`round(${value}::float8)`, size)
    return outside(`round(${value}::numeric)`, range)
  }
  if (target.family === 'float') {
    if (source?.family === 'integer' || (isFloat && (source?.size ?? 8) <= (target.size ?? 8))) return 'false'
    return `NOT pg_input_is_valid(${value}::text, ${quoteText(target.element)})`
  }
  if (target.size === null) return 'false'
  const whole = target.size - target.scale
  const number = `${value}::numeric`
  return `CASE WHEN ${number} = 'NaN' THEN false ELSE abs(round(${number}, ${target.scale})) >= 1e${whole}::numeric END`
}

function outside(value: string, [least, most]: readonly [string, string]): string {
  return `(${value}) NOT BETWEEN ${least} AND ${most}`
}

function outsideFloat(value: string, bytes: number): string {
  const limit = { 2: '32768', 4: '2147483648', 8: '9223372036854775808' }[bytes] ?? '0'
  return `NOT (${value} >= -${limit}::float8 AND ${value} < ${limit}::float8)`
}

function or(conditions: readonly string[]): string {
  const real = conditions.filter((condition) => condition !== 'false')
  if (real.length === 0) return 'false'
  // One after the other, so that what comes later is looked at only where what comes before is well.
  const [first = 'false', ...rest] = real
  return rest.length === 0 ? first : `CASE WHEN ${first} THEN true ELSE ${or(rest)} END`
}

function toCase(branches: readonly string[], otherwise: string): string {
  return `CASE ${branches.join(' ')} ELSE ${otherwise} END`
}
