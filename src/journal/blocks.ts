/** Some ten entries, and little enough that one which stays long keeps not much else. */
const BLOCK_BYTES = 32 * 1024

/** Of blocks that are free again. */
const MOST_FREE = 256

const NUMBER_BYTES = 8
const LENGTH_BYTES = 4

export function bytesOfNumbers(count: number): number {
  return count * NUMBER_BYTES
}

/** Of bytes, or of a text whose length in UTF-8 is known. */
export function bytesOf(length: number): number {
  return LENGTH_BYTES + length
}

/** A UTF-16 unit is three bytes of UTF-8 at most. */
export function mostBytesOfText({ length }: string): number {
  return LENGTH_BYTES + length * 3
}

interface Block {
  readonly bytes: Buffer
  /** Places in it that somebody holds. */
  held: number
}

/** Where something was written. Whoever has it gives it back once. */
export interface Place {
  readonly block: Block
  readonly at: number
}

/**
 * Bytes of many entries, one after the other in blocks: outside of what the collector looks through, and moved by nobody.
 * A block is written anew when nobody holds a place in it: memory that V8 has to give back makes it collect everything.
 */
export class Blocks {
  readonly #free: Block[] = []
  #block: Block | undefined
  #bytes: Buffer = NONE
  #at = 0

  /** The place where something will stand that takes so many bytes at most, which is a block at most. */
  begin(mostBytes: number): Place {
    const block = this.#block !== undefined && this.#at + mostBytes <= BLOCK_BYTES ? this.#block : this.#next()
    block.held++
    return { block, at: this.#at }
  }

  release({ block }: Pick<Place, 'block'>): void {
    block.held--
    if (block.held === 0 && this.#free.length < MOST_FREE) this.#free.push(block)
  }

  number(value: number): void {
    this.#at = this.#bytes.writeDoubleLE(value, this.#at)
  }

  text(text: string): void {
    const length = this.#bytes.write(text, this.#at + LENGTH_BYTES)
    this.#at = this.#bytes.writeUInt32LE(length, this.#at) + length
  }

  bytes(bytes: Buffer): void {
    this.#at = this.#bytes.writeUInt32LE(bytes.length, this.#at)
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }

  /** The block in which is written is held, too. */
  #next(): Block {
    if (this.#block !== undefined) this.release({ block: this.#block })
    const block = this.#free.pop() ?? { bytes: Buffer.allocUnsafeSlow(BLOCK_BYTES), held: 0 }
    block.held++
    this.#block = block
    this.#bytes = block.bytes
    this.#at = 0
    return block
  }
}

const NONE = Buffer.alloc(0)

/** Reads from a place on what was written there, in that order. */
export class BlockReader {
  readonly #bytes: Buffer
  #at: number

  constructor({ block, at }: Place) {
    this.#bytes = block.bytes
    this.#at = at
  }

  number(): number {
    this.#at += NUMBER_BYTES
    return this.#bytes.readDoubleLE(this.#at - NUMBER_BYTES)
  }

  text(): string {
    const start = this.#skip()
    return this.#bytes.toString('utf8', start, this.#at)
  }

  /** A copy: the block may be written anew. */
  bytes(): Buffer {
    const start = this.#skip()
    return Buffer.from(this.#bytes.subarray(start, this.#at))
  }

  #skip(): number {
    const start = this.#at + LENGTH_BYTES
    this.#at = start + this.#bytes.readUInt32LE(this.#at)
    return start
  }
}
