import { formatUuid, type Random } from '../../core/random.ts'
import type { ListItem } from '../../core/linked-list.ts'
import type { FifoPlace } from './fifo-order.ts'

export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with an optional `.label`. */
  readonly dataType: string
  readonly stringValue?: string
  readonly binaryValue?: Buffer
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>

/** `visible`: can be received. `taken`: in flight. `delayed`: not yet. `gone`: deleted, expired, purged or moved. */
export type MessageState = 'visible' | 'taken' | 'delayed' | 'gone'

/** What a message is, whichever queue it is in. */
export interface MessageContent {
  readonly serial: number
  readonly body: string
  readonly attributes: MessageAttributes | undefined
  readonly traceHeader: string | undefined
  readonly senderId: string
  readonly groupId: string | undefined
  readonly sentAtMs: number
}

/** A message in a queue. A million of them must fit: every field counts, and what can be derived is not kept. */
export class Message implements ListItem<Message> {
  readonly ids: MessageIds
  readonly serial: number
  /** Place in the queue's log; never used twice in one queue. */
  readonly offset: number
  readonly body: string
  readonly attributes: MessageAttributes | undefined
  readonly traceHeader: string | undefined
  readonly senderId: string
  readonly groupId: string | undefined
  readonly sentAtMs: number
  state: MessageState = 'visible'
  receiveCount = 0
  firstReceivedAtMs: number | undefined = undefined
  /** When it changes its state by itself: the end of a delay or of a visibility timeout. */
  dueMs = 0
  /** Where a dead-letter move took it from, and how often it had been received by then. */
  redriven: { readonly sourceArn: string; readonly receiveCount: number } | undefined = undefined
  /** Group, order and deduplication; FIFO queues only. */
  fifo: FifoPlace | undefined = undefined
  /** Links of the list it is in: the visible ones, or a lane of deadlines. */
  previous: Message | undefined = undefined
  next: Message | undefined = undefined
  list: object | undefined = undefined

  constructor(ids: MessageIds, offset: number, content: MessageContent) {
    this.ids = ids
    this.serial = content.serial
    this.offset = offset
    this.body = content.body
    this.attributes = content.attributes
    this.traceHeader = content.traceHeader
    this.senderId = content.senderId
    this.groupId = content.groupId
    this.sentAtMs = content.sentAtMs
  }

  get messageId(): string {
    return this.ids.format(this.serial)
  }

  get deadLetterSourceArn(): string | undefined {
    return this.redriven?.sourceArn
  }

  get deduplicationId(): string | undefined {
    return this.fifo?.deduplicationId
  }

  get sequenceNumber(): string | undefined {
    return this.fifo?.sequenceNumber
  }
}

/**
 * Message ids. A kept UUID string costs more than everything else of a small message, so a message keeps a serial number
 * and its UUID is derived: the first word is a bijection of the serial, hence unique, the others are mixed from a key.
 */
export class MessageIds {
  readonly #key: readonly number[]
  readonly #scratch = Buffer.alloc(16)
  #serial = 0

  constructor(random: Random) {
    const bytes = random.bytes(16)
    this.#key = [0, 4, 8, 12].map((at) => bytes.readInt32LE(at))
  }

  next(): number {
    return this.#serial++
  }

  format(serial: number): string {
    const high = Math.floor(serial / 2 ** 32)
    this.#key.forEach((key, word) => {
      const salt = word === 0 ? 0 : Math.imul(high + word, 0x9e3779b1)
      this.#scratch.writeInt32LE(mix(mix(serial ^ key) + salt), word * 4)
    })
    return formatUuid(this.#scratch)
  }
}

/** A bijection of 32-bit integers that leaves no pattern to the eye (MurmurHash3's finaliser). */
function mix(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) | 0
}
