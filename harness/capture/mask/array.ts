import type { Mask } from './mask.ts'

/** Masks each element of a Postgres array. Dimensions, bounds, NULL elements and empty arrays stay. */
export function toArrayMask(mask: Mask): Mask {
  return (value, subject) => {
    let at = 0
    let out = ''
    if (value.startsWith('[')) {
      at = value.indexOf('=') + 1
      out = value.slice(0, at)
    }
    while (at < value.length) {
      const char = value[at] as string
      if (char === '{' || char === '}' || char === ',') {
        out += char
        at += 1
        continue
      }
      const end = char === '"' ? endOfQuoted(value, at) : endOfPlain(value, at)
      const token = value.slice(at, end)
      at = end
      if (char !== '"' && token.toUpperCase() === 'NULL') out += 'NULL'
      else out += toElement(mask(char === '"' ? token.slice(1, -1).replace(/\\(.)/gs, '$1') : token, subject))
    }
    return out
  }
}

function endOfQuoted(value: string, from: number): number {
  let at = from + 1
  while (at < value.length && value[at] !== '"') at += value[at] === '\\' ? 2 : 1
  return at + 1
}

function endOfPlain(value: string, from: number): number {
  let at = from
  while (at < value.length && value[at] !== ',' && value[at] !== '}') at += 1
  return at
}

/** Quotes an element exactly where Postgres does, so that an unchanged element keeps its bytes. Source: array_out. */
function toElement(value: string | null): string {
  if (value === null) return 'NULL'
  if (value !== '' && !/[{},"\\\s]|^null$/i.test(value)) return value
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}
