import type { Message, MessageState } from './message.ts'

/**
 * In which order the messages of a queue are delivered. A receive is `next` and `hide` (or `leave`) again and again,
 * then `finish`; one that goes wrong has `ahead` first, and `reach` instead of `next`.
 */
export interface Order {
  /** Groups that a message in flight locks; none where groups lock nothing. */
  readonly lockedGroups: number
  /** A message was stored; it is visible or still delayed. */
  enter(message: Message): void
  /** It became visible (again), after a delay or after having been taken. */
  show(message: Message, from: MessageState): void
  /** A visible message was taken. */
  hide(message: Message): void
  /** It is gone; what it was before tells where it is to be found. */
  leave(message: Message, from: MessageState): void
  /** What a receive should take next. The same until it is hidden or has left. */
  next(): Message | undefined
  /** All that a receive could take now, in that order. Nothing may change while somebody reads it. */
  ahead(): Iterable<Message>
  /** A receive takes this visible message next, out of order. */
  reach(message: Message): void
  /** The receive is over; what it took has its new state. */
  finish(): void
}
