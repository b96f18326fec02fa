import { createHash, randomFillSync } from 'node:crypto'

/** Where unpredictable bytes come from. Ids only; faults draw from their own seed. */
export interface Random {
  /** A UUID v4. */
  uuid(): string
  bytes(length: number): Buffer
}

const POOL_BYTES = 4096
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

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

/** Sixteen bytes as a UUID v4. A flat string: what is built by `+` stays a rope of half a kilobyte while it is kept. */
export function formatUuid(bytes: Uint8Array, at = 0): string {
  const hex = (from: number, to: number): string => {
    let text = ''
    for (let i = from; i < to; i++) text += HEX[bytes[at + i] as number]
    return text
  }
  const version = HEX[((bytes[at + 6] as number) & 0x0f) | 0x40] as string
  const variant = HEX[((bytes[at + 8] as number) & 0x3f) | 0x80] as string
  return `${hex(0, 4)}-${hex(4, 6)}-${version}${hex(7, 8)}-${variant}${hex(9, 10)}-${hex(10, 16)}`
}
