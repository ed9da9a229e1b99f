/** 32 pseudo-random bytes of a value. The same array each time: what is needed of it is read before the next call. */
export type Digest = (value: string) => Uint8Array

const BLOCK = 64
const IV = Int32Array.of(
  0x6a09e667,
  0xbb67ae85,
  0x3c6ef372,
  0xa54ff53a,
  0x510e527f,
  0x9b05688c,
  0x1f83d9ab,
  0x5be0cd19,
)

/** Which words of a block the steps take, two each, round after round. */
const SIGMA = Uint8Array.of(
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  ...[14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  ...[11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  ...[7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  ...[9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  ...[2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  ...[12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  ...[13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  ...[6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  ...[10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
)

const words = new Int32Array(BLOCK / 4)
const bytes = new Uint8Array(words.buffer)
const state = new Int32Array(8)
const digest = new Uint8Array(state.buffer)

/**
 * BLAKE2s-256 of a first block, a value in UTF-8 and a byte 1 behind it. The first block is worked off once, so a value of up to
 * 63 bytes costs one round of the hash, a third of a call of node:crypto. With a secret block it is a keyed digest: BLAKE2s tells
 * its last block from others, so no digest can be extended. Source: https://www.rfc-editor.org/rfc/rfc7693
 * @param first 64 bytes
 */
export function toBlake2s(first: Uint8Array): Digest {
  bytes.set(first)
  state.set(IV)
  // 32 bytes of digest, no key of its own, one tree of depth one.
  state[0] = (IV[0] as number) ^ 0x01010020
  compress(BLOCK, 0)
  const begun = state.slice()
  return (value) => {
    const { length } = value
    state.set(begun)
    if (length >= BLOCK) return hashBytes(Buffer.from(value, 'utf8'))
    words.fill(0)
    for (let at = 0; at < length; at += 1) {
      const code = value.charCodeAt(at)
      if (code > 0x7f) return hashBytes(Buffer.from(value, 'utf8'))
      bytes[at] = code
    }
    bytes[length] = 1
    compress(BLOCK + length + 1, -1)
    return digest
  }
}

function hashBytes(value: Uint8Array): Uint8Array {
  const end = value.length + 1
  for (let from = 0; from < end; from += BLOCK) {
    words.fill(0)
    bytes.set(value.subarray(from, from + BLOCK))
    const isLast = end - from <= BLOCK
    if (isLast) bytes[value.length - from] = 1
    compress(BLOCK + Math.min(end, from + BLOCK), isLast ? -1 : 0)
  }
  return digest
}

/** Which words of the state each step mixes: first its columns, then its diagonals. */
const MIXED = [
  ...[[0, 4, 8, 12] as const, [1, 5, 9, 13] as const, [2, 6, 10, 14] as const, [3, 7, 11, 15] as const],
  ...[[0, 5, 10, 15] as const, [1, 6, 11, 12] as const, [2, 7, 8, 13] as const, [3, 4, 9, 14] as const],
]

/** Works the block into the state. `count` bytes have been seen with it; `last` is -1 for the last block, else 0. */
const compress = new Function('state', 'words', renderCompress())(state, words) as (
  count: number,
  last: number,
) => void

/** The ten rounds written out, all of the state in variables: with loops over arrays the whole of masking takes a sixth longer. */
function renderCompress(): string {
  const lines: string[] = []
  for (let at = 0; at < 8; at += 1) lines.push(`let v${at} = state[${at}], v${at + 8} = ${IV[at]}`)
  for (let at = 0; at < 16; at += 1) lines.push(`const m${at} = words[${at}]`)
  lines.push('v12 ^= count', 'v14 ^= last')
  for (let at = 0; at < SIGMA.length; at += 2) {
    const [a, b, c, d] = MIXED[(at / 2) % 8] as (typeof MIXED)[number]
    const half = (word: number | undefined, first: number, second: number) => [
      `v${a} = (v${a} + v${b} + m${word}) | 0`,
      `v${d} ^= v${a}; v${d} = (v${d} >>> ${first}) | (v${d} << ${32 - first})`,
      `v${c} = (v${c} + v${d}) | 0`,
      `v${b} ^= v${c}; v${b} = (v${b} >>> ${second}) | (v${b} << ${32 - second})`,
    ]
    lines.push(...half(SIGMA[at], 16, 12), ...half(SIGMA[at + 1], 8, 7))
  }
  for (let at = 0; at < 8; at += 1) lines.push(`state[${at}] ^= v${at} ^ v${at + 8}`)
  return `return (count, last) => {\n${lines.join('\n')}\n}`
}
