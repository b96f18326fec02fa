import { hash } from 'node:crypto'
import type { Random } from '../../core/random.ts'

/** What a receipt handle says, so that garbage, another queue's and stale ones are told apart without a table. */
export interface Receipt {
  /** Which queue, by key; the same for a queue created again under the same name. */
  readonly queueTag: number
  /** Which life of that queue. */
  readonly incarnation: number
  readonly offset: number
  readonly receiveCount: number
  readonly issuedAtMs: number
}

/** Real handles start with AQEB and are 412 characters of base64: people size columns and logs by that. */
const HANDLE_CHARS = 412
const HEAD = Buffer.from([0x01, 0x01, 0x01])
const SEAL_BYTES = 12
const PAYLOAD_AT = HEAD.length + SEAL_BYTES
const PAYLOAD_BYTES = 30
const SEALED_BYTES = PAYLOAD_AT + PAYLOAD_BYTES
const SEALED_CHARS = (SEALED_BYTES / 3) * 4

/**
 * Makes and reads receipt handles: base64 of a head, a seal over the payload and the payload masked by the seal, then a
 * filler that all handles of an engine share. The seal is no defence, it is certainty: what it fits was issued here.
 */
export class ReceiptHandles {
  readonly #secret: string
  readonly #filler: string
  readonly #scratch = Buffer.alloc(SEALED_BYTES)

  constructor(random: Random) {
    this.#secret = random.bytes(16).toString('latin1')
    this.#filler = random.bytes(((HANDLE_CHARS - SEALED_CHARS) / 4) * 3).toString('base64')
    HEAD.copy(this.#scratch)
  }

  issue(receipt: Receipt): string {
    const bytes = this.#scratch
    bytes.writeUInt32LE(receipt.queueTag, PAYLOAD_AT)
    bytes.writeUInt32LE(receipt.incarnation, PAYLOAD_AT + 4)
    bytes.writeDoubleLE(receipt.offset, PAYLOAD_AT + 8)
    bytes.writeUInt32LE(receipt.receiveCount, PAYLOAD_AT + 16)
    bytes.writeDoubleLE(receipt.issuedAtMs, PAYLOAD_AT + 20)
    bytes.writeUInt16LE(0, PAYLOAD_AT + 28)
    bytes.write(this.#seal(bytes), HEAD.length, SEAL_BYTES, 'latin1')
    mask(bytes)
    return bytes.toString('base64') + this.#filler
  }

  /** `undefined`: never issued here. */
  read(handle: string): Receipt | undefined {
    if (handle.length !== HANDLE_CHARS || !handle.endsWith(this.#filler)) return undefined
    const bytes = Buffer.from(handle.slice(0, SEALED_CHARS), 'base64')
    if (bytes.length !== SEALED_BYTES || bytes.compare(HEAD, 0, HEAD.length, 0, HEAD.length) !== 0) return undefined
    mask(bytes)
    if (bytes.toString('latin1', HEAD.length, PAYLOAD_AT) !== this.#seal(bytes)) return undefined
    return {
      queueTag: bytes.readUInt32LE(PAYLOAD_AT),
      incarnation: bytes.readUInt32LE(PAYLOAD_AT + 4),
      offset: bytes.readDoubleLE(PAYLOAD_AT + 8),
      receiveCount: bytes.readUInt32LE(PAYLOAD_AT + 16),
      issuedAtMs: bytes.readDoubleLE(PAYLOAD_AT + 20),
    }
  }

  #seal(bytes: Buffer): string {
    return hash('sha1', this.#secret + bytes.toString('latin1', PAYLOAD_AT), 'binary').slice(0, SEAL_BYTES)
  }
}

/** Its own inverse. Handles of one queue must not look alike, or people compare prefixes and find false friends. */
function mask(bytes: Buffer): void {
  let state = bytes.readInt32LE(HEAD.length) | 1
  for (let at = PAYLOAD_AT; at < SEALED_BYTES; at++) {
    state = (Math.imul(state, 0x41c64e6d) + 0x3039) | 0
    bytes[at] = (bytes[at] as number) ^ (state >>> 16)
  }
}
