import type { Rule } from '../../model/policy.ts'
import { type Mask, type MaskContext, Unmaskable } from './mask.ts'
import { toNumberBelow } from './mask-key.ts'

/** A stretch of open ocean where no one lives, in millionths of a degree. */
const BOX = { latitude: [-48_000_000, 4_000_000], longitude: [-128_000_000, 6_000_000] } as const

/** A degree inside a stretch of open ocean, six decimals, the same for the same degree. A `point` gets both axes. */
export function toCoordinateMask(rule: Extract<Rule, { kind: 'coordinate' }>, { key }: MaskContext): Mask {
  const digests = {
    latitude: key.derive(`latitude/${rule.class}`),
    longitude: key.derive(`longitude/${rule.class}`),
  }
  const move = (axis: keyof typeof BOX, value: string) => {
    const [from, width] = BOX[axis]
    const millionths = from + toNumberBelow(digests[axis](value), 0, width)
    return (millionths / 1_000_000).toFixed(6)
  }
  return (value) => {
    const point = value.match(/^\(([^,()]+),([^,()]+)\)$/)
    if (point) return `(${move('longitude', point[1] as string)},${move('latitude', point[2] as string)})`
    if (value.trim() === '') return value
    if (!/^\s*[-+]?[\d.]+(e[-+]?\d+)?\s*$/i.test(value))
      throw new Unmaskable('a coordinate that is not a number')
    return move(rule.axis, value.trim())
  }
}
