import { formatUuid, type Random } from '../../core/random.ts'
import type { ListItem } from '../../core/linked-list.ts'
import type { FifoPlace } from './fifo-order.ts'
import type { Draft } from './queue-calls.ts'

/** Sequence numbers of one queue are not consecutive on AWS. */
const SEQUENCE_STEP = 256

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

/** Where a dead-letter move took a message from, and how often it had been received by then. */
interface Redriven {
  readonly sourceArn: string
  readonly receiveCount: number
}

interface Rest {
  readonly attributes: MessageAttributes | undefined
  readonly traceHeader: string | undefined
  readonly redriven: Redriven | undefined
}

/** A message in a queue. A million of them must fit: every field counts, and what can be derived is not kept. */
export class Message implements ListItem<Message> {
  readonly ids: MessageIds
  readonly serial: number
  /** Place in the queue's log; never used twice in one queue. */
  readonly offset: number
  readonly body: string
  readonly senderId: string
  readonly groupId: string | undefined
  state: MessageState = 'visible'
  receiveCount = 0
  /** Group, order and deduplication; FIFO queues only. */
  fifo: FifoPlace | undefined = undefined
  /** Links of the list it is in: the visible ones, or a lane of deadlines. */
  previous: Message | undefined = undefined
  next: Message | undefined = undefined
  list: object | undefined = undefined
  /**
   * Times count from the start of the queue's ids: V8 keeps whole numbers of up to 31 bits in the field itself, 24 days in
   * milliseconds, and makes an object for every other one.
   */
  readonly #sentMs: number
  /** What most messages do not have. */
  #rest: Rest | undefined = undefined
  #firstReceivedMs: number | undefined = undefined
  #dueMs: number | undefined = undefined

  constructor(ids: MessageIds, offset: number, content: MessageContent) {
    this.ids = ids
    this.serial = content.serial
    this.offset = offset
    this.body = content.body
    const { attributes, traceHeader } = content
    if (attributes !== undefined || traceHeader !== undefined)
      this.#rest = { attributes, traceHeader, redriven: undefined }
    this.senderId = content.senderId
    this.groupId = content.groupId
    this.#sentMs = content.sentAtMs - ids.startMs
  }

  get attributes(): MessageAttributes | undefined {
    return this.#rest?.attributes
  }

  get traceHeader(): string | undefined {
    return this.#rest?.traceHeader
  }

  get redriven(): Redriven | undefined {
    return this.#rest?.redriven
  }

  set redriven(redriven: Redriven | undefined) {
    const { attributes, traceHeader } = this
    this.#rest = { attributes, traceHeader, redriven }
  }

  get sentAtMs(): number {
    return this.ids.startMs + this.#sentMs
  }

  get firstReceivedAtMs(): number | undefined {
    return this.#firstReceivedMs === undefined ? undefined : this.ids.startMs + this.#firstReceivedMs
  }

  set firstReceivedAtMs(atMs: number | undefined) {
    this.#firstReceivedMs = atMs === undefined ? undefined : atMs - this.ids.startMs
  }

  /** When it changes its state by itself: the end of a delay or of a visibility timeout. */
  get dueMs(): number | undefined {
    return this.#dueMs === undefined ? undefined : this.ids.startMs + this.#dueMs
  }

  set dueMs(atMs: number | undefined) {
    this.#dueMs = atMs === undefined ? undefined : atMs - this.ids.startMs
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
    return this.fifo === undefined ? undefined : this.ids.sequenceNumber(this.fifo.sequence)
  }
}

/** Of a message that is sent, or of one that goes to another queue. */
export function contentOf(source: Draft | Message, serial: number, sentAtMs: number): MessageContent {
  const { body, attributes, traceHeader, senderId, groupId } = source
  return { serial, body, attributes, traceHeader, senderId, groupId, sentAtMs }
}

/**
 * Message ids and sequence numbers. A kept UUID string costs as much as everything else of a small message, so a message
 * keeps a serial number and its UUID is derived: the first word is a bijection of the serial, hence unique, the others
 * are mixed from a key.
 */
export class MessageIds {
  /** When the queue was made. */
  readonly startMs: number
  readonly #key: Int32Array
  readonly #words = new Int32Array(4)
  readonly #bytes = new Uint8Array(this.#words.buffer)
  readonly #firstSequence: number
  #serial = 0

  constructor(random: Random, startMs: number) {
    this.startMs = startMs
    this.#key = Int32Array.from({ length: 4 }, () => random.bytes(4).readInt32LE())
    this.#firstSequence = startMs * SEQUENCE_STEP
  }

  next(): number {
    return this.#serial++
  }

  format(serial: number): string {
    const high = Math.floor(serial / 2 ** 32)
    for (let word = 0; word < 4; word++) {
      const salt = word === 0 ? 0 : Math.imul(high + word, 0x9e3779b1)
      this.#words[word] = mix(mix(serial ^ (this.#key[word] as number)) + salt)
    }
    return formatUuid(this.#bytes)
  }

  /** The serial number behind an id that was given out here; `undefined` for every other text. */
  serialOf(id: string): number | undefined {
    const word = /^[0-9a-f]{8}-/.test(id) ? Buffer.from(id.slice(0, 8), 'hex').readInt32LE() : undefined
    if (word === undefined) return undefined
    const low = (unmix(unmix(word)) ^ (this.#key[0] as number)) >>> 0
    for (let serial = low; serial < this.#serial; serial += 2 ** 32) if (this.format(serial) === id) return serial
    return undefined
  }

  /** Twenty digits, as AWS shows them: larger is later, and not the next number. Above those of an earlier start. */
  sequenceNumber(sequence: number): string {
    return `18849${String(this.#firstSequence + sequence * SEQUENCE_STEP).padStart(15, '0')}`
  }
}

/** A bijection of 32-bit integers that leaves no pattern to the eye (MurmurHash3's finaliser). */
function mix(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) | 0
}

/** The way back. */
function unmix(value: number): number {
  let x = value ^ (value >>> 16)
  x = Math.imul(x, 0x7ed1b41d)
  x = Math.imul(x ^ (x >>> 13) ^ (x >>> 26), 0xa5cb9243)
  return (x ^ (x >>> 16)) | 0
}
