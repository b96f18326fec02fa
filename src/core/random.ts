import { createHash, randomFillSync } from 'node:crypto'

/** Where unpredictable bytes come from. Ids only; faults draw from their own seed. */
export interface Random {
  /** A UUID v4. */
  uuid(): string
  bytes(length: number): Buffer
}

const POOL_BYTES = 4096

/** The operating system's. */
export function systemRandom(): Random {
  return pooled((pool) => randomFillSync(pool))
}

/** The same ids every time: for tests. */
export function seededRandom(seed: number): Random {
  let block = 0
  return pooled((pool) => {
    for (let at = 0; at < pool.length; at += 32)
      createHash('sha256').update(`${seed}/${block++}`).digest().copy(pool, at)
    return pool
  })
}

function pooled(fill: (pool: Buffer) => Buffer): Random {
  const pool = Buffer.alloc(POOL_BYTES)
  let at = POOL_BYTES
  const take = (length: number): number => {
    if (at + length > POOL_BYTES) {
      fill(pool)
      at = 0
    }
    at += length
    return at - length
  }
  return {
    uuid: () => formatUuid(pool, take(16)),
    bytes: (length) => {
      if (length > POOL_BYTES) throw new RangeError(`at most ${POOL_BYTES} bytes at once`)
      const start = take(length)
      return Buffer.from(pool.subarray(start, start + length))
    },
  }
}

const DIGITS = Buffer.from('0123456789abcdef')
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]
const text = Buffer.alloc(36, '-')

/** Sixteen bytes as a UUID v4. A flat string: one built by `+` stays a rope of half a kilobyte while it is kept. */
export function formatUuid(bytes: Uint8Array, at = 0): string {
  for (let i = 0; i < 16; i++) {
    let byte = bytes[at + i] as number
    if (i === 6) byte = (byte & 0x0f) | 0x40
    else if (i === 8) byte = (byte & 0x3f) | 0x80
    const place = PLACES[i] as number
    text[place] = DIGITS[byte >> 4] as number
    text[place + 1] = DIGITS[byte & 0x0f] as number
  }
  return text.toString('latin1')
}
