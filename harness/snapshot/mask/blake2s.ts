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

/** Which word of a block each step takes, round after round. */
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

/** Works the block into the state. `count` bytes have been seen with it; `last` is -1 for the last block, else 0. */
function compress(count: number, last: number): void {
  let v0 = state[0] as number
  let v1 = state[1] as number
  let v2 = state[2] as number
  let v3 = state[3] as number
  let v4 = state[4] as number
  let v5 = state[5] as number
  let v6 = state[6] as number
  let v7 = state[7] as number
  let v8 = IV[0] as number
  let v9 = IV[1] as number
  let v10 = IV[2] as number
  let v11 = IV[3] as number
  let v12 = (IV[4] as number) ^ count
  let v13 = IV[5] as number
  let v14 = (IV[6] as number) ^ last
  let v15 = IV[7] as number
  for (let step = 0; step < SIGMA.length; step += 16) {
    // The columns of the state …
    v0 = (v0 + v4 + (words[SIGMA[step] as number] as number)) | 0
    v12 = turn(v12 ^ v0, 16)
    v8 = (v8 + v12) | 0
    v4 = turn(v4 ^ v8, 12)
    v0 = (v0 + v4 + (words[SIGMA[step + 1] as number] as number)) | 0
    v12 = turn(v12 ^ v0, 8)
    v8 = (v8 + v12) | 0
    v4 = turn(v4 ^ v8, 7)
    v1 = (v1 + v5 + (words[SIGMA[step + 2] as number] as number)) | 0
    v13 = turn(v13 ^ v1, 16)
    v9 = (v9 + v13) | 0
    v5 = turn(v5 ^ v9, 12)
    v1 = (v1 + v5 + (words[SIGMA[step + 3] as number] as number)) | 0
    v13 = turn(v13 ^ v1, 8)
    v9 = (v9 + v13) | 0
    v5 = turn(v5 ^ v9, 7)
    v2 = (v2 + v6 + (words[SIGMA[step + 4] as number] as number)) | 0
    v14 = turn(v14 ^ v2, 16)
    v10 = (v10 + v14) | 0
    v6 = turn(v6 ^ v10, 12)
    v2 = (v2 + v6 + (words[SIGMA[step + 5] as number] as number)) | 0
    v14 = turn(v14 ^ v2, 8)
    v10 = (v10 + v14) | 0
    v6 = turn(v6 ^ v10, 7)
    v3 = (v3 + v7 + (words[SIGMA[step + 6] as number] as number)) | 0
    v15 = turn(v15 ^ v3, 16)
    v11 = (v11 + v15) | 0
    v7 = turn(v7 ^ v11, 12)
    v3 = (v3 + v7 + (words[SIGMA[step + 7] as number] as number)) | 0
    v15 = turn(v15 ^ v3, 8)
    v11 = (v11 + v15) | 0
    v7 = turn(v7 ^ v11, 7)
    // … and its diagonals.
    v0 = (v0 + v5 + (words[SIGMA[step + 8] as number] as number)) | 0
    v15 = turn(v15 ^ v0, 16)
    v10 = (v10 + v15) | 0
    v5 = turn(v5 ^ v10, 12)
    v0 = (v0 + v5 + (words[SIGMA[step + 9] as number] as number)) | 0
    v15 = turn(v15 ^ v0, 8)
    v10 = (v10 + v15) | 0
    v5 = turn(v5 ^ v10, 7)
    v1 = (v1 + v6 + (words[SIGMA[step + 10] as number] as number)) | 0
    v12 = turn(v12 ^ v1, 16)
    v11 = (v11 + v12) | 0
    v6 = turn(v6 ^ v11, 12)
    v1 = (v1 + v6 + (words[SIGMA[step + 11] as number] as number)) | 0
    v12 = turn(v12 ^ v1, 8)
    v11 = (v11 + v12) | 0
    v6 = turn(v6 ^ v11, 7)
    v2 = (v2 + v7 + (words[SIGMA[step + 12] as number] as number)) | 0
    v13 = turn(v13 ^ v2, 16)
    v8 = (v8 + v13) | 0
    v7 = turn(v7 ^ v8, 12)
    v2 = (v2 + v7 + (words[SIGMA[step + 13] as number] as number)) | 0
    v13 = turn(v13 ^ v2, 8)
    v8 = (v8 + v13) | 0
    v7 = turn(v7 ^ v8, 7)
    v3 = (v3 + v4 + (words[SIGMA[step + 14] as number] as number)) | 0
    v14 = turn(v14 ^ v3, 16)
    v9 = (v9 + v14) | 0
    v4 = turn(v4 ^ v9, 12)
    v3 = (v3 + v4 + (words[SIGMA[step + 15] as number] as number)) | 0
    v14 = turn(v14 ^ v3, 8)
    v9 = (v9 + v14) | 0
    v4 = turn(v4 ^ v9, 7)
  }
  state[0] = (state[0] as number) ^ v0 ^ v8
  state[1] = (state[1] as number) ^ v1 ^ v9
  state[2] = (state[2] as number) ^ v2 ^ v10
  state[3] = (state[3] as number) ^ v3 ^ v11
  state[4] = (state[4] as number) ^ v4 ^ v12
  state[5] = (state[5] as number) ^ v5 ^ v13
  state[6] = (state[6] as number) ^ v6 ^ v14
  state[7] = (state[7] as number) ^ v7 ^ v15
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}
