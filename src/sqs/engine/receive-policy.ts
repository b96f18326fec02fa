import type { Message } from './message.ts'
import type { Delivered } from './queue-calls.ts'

/** Messages that can be received, in order of delivery. Nothing may change while somebody reads it. */
export type Line = Iterable<Message>

/** The receive that a policy is about. */
export interface Receiving {
  /** So many messages at most. */
  readonly max: number
  readonly inFlight: number
  readonly isFifo: boolean
  /** It is not delivered, it goes to the dead-letter queue: it does not count. */
  readonly isDead: (message: Message) => boolean
}

/** Has a message delivered so many more times, from `afterMs` on. False: it is one that comes again already. */
export type Again = (message: Message, copies: number, afterMs: number) => boolean

/** What is to go wrong with a receive. Each point is for itself; most policies have one. */
export interface ReceivePolicy {
  /** A standard queue answers `over-limit` though it has room for more messages in flight. */
  isFull?(inFlight: number): boolean
  /** The line as this receive sees it. */
  line?(line: Line, receiving: Receiving): Line
  /** How long its messages are in flight, where it wants so long. */
  visibilityMs?(visibilityMs: number): number
  /** The messages are in flight now, and on their way to the client. */
  delivered?(delivered: readonly Delivered[], again: Again): void
}

/** The first `most` messages that count, and the dead ones among them; `onCut` is told when there were more. */
export function* cut(line: Line, most: number, { isDead }: Receiving, onCut: () => void): Generator<Message> {
  let left = most
  for (const message of line) {
    if (!isDead(message) && left-- === 0) return onCut()
    yield message
  }
}
