import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

/** How many bytes of bodies are kept, in all that goes on at once. */
export class Budget {
  readonly #limitBytes: number
  #usedBytes = 0

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  take(bytes: number): boolean {
    if (this.#usedBytes + bytes > this.#limitBytes) return false
    this.#usedBytes += bytes
    return true
  }

  giveBack(bytes: number): void {
    this.#usedBytes -= bytes
  }
}

const NOTHING = Buffer.alloc(0)

/** A body as it passes by: kept as long as it is not too long, counted in any case. */
export class Body {
  readonly #budget: Budget
  readonly #mostBytes: number
  #chunks: Buffer[] = []
  #keptBytes = 0
  #isKept: boolean
  /** As it crossed, compressed or not; without the frames of chunks. */
  sizeBytes = 0

  /** `announcedBytes`: what its head says, where it does. */
  constructor(budget: Budget, mostBytes: number, announcedBytes = 0) {
    this.#budget = budget
    this.#mostBytes = mostBytes
    this.#isKept = announcedBytes <= mostBytes
  }

  push(bytes: Buffer, start: number, end: number): void {
    const more = end - start
    this.sizeBytes += more
    if (!this.#isKept) return
    if (this.sizeBytes > this.#mostBytes || !this.#budget.take(more)) return this.release()
    this.#keptBytes += more
    this.#chunks.push(bytes.subarray(start, end))
  }

  /** All of it; `undefined` when it was too long to be kept. */
  get bytes(): Buffer | undefined {
    if (!this.#isKept) return undefined
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0] ?? NOTHING
  }

  /** Nobody looks any more. */
  release(): void {
    this.#budget.giveBack(this.#keptBytes)
    this.#keptBytes = 0
    this.#chunks = []
    this.#isKept = false
  }
}

/** What is kept of a body, and what it may become when it is unpacked: pipit's own limit for a request. */
export const LONGEST_BODY = 8 * 1024 * 1024

/** More of it takes longer to unpack than others should wait. */
const LONGEST_PACKED = 1024 * 1024

const UNPACK = { gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync, br: brotliDecompressSync }

/** A body without its Content-Encoding; as it is where that is not known, or lies. */
export function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  const name = encoding?.trim().toLowerCase() ?? ''
  if (!Object.hasOwn(UNPACK, name) || bytes.length > LONGEST_PACKED) return bytes
  try {
    return UNPACK[name as keyof typeof UNPACK](bytes, { maxOutputLength: LONGEST_BODY })
  } catch {
    return bytes
  }
}
