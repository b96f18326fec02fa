import type { GenericSchema } from 'valibot'
import type { Clock } from '../../core/clock.ts'
import type { Disruption } from '../../core/exchange.ts'
import type { SendPolicy } from '../engine/queue-calls.ts'
import type { Queue } from '../engine/queue.ts'
import type { ReceivePolicy } from '../engine/receive-policy.ts'

/** What goes wrong with one call, at the points where something is decided. Most policies have one. */
export interface Policy {
  /** Before an operation does anything with its queue. Throws what is answered instead. */
  admit?(queue: Queue, operation: string): void
  /** The call has created a queue. */
  created?(queue: Queue): void
  /** Entries of a batch, by id, that are refused instead of being carried out. */
  refuse?(ids: readonly string[]): ReadonlyMap<string, Refusal>
  /** A send, alone or in a batch. */
  readonly send?: SendPolicy
  /** A receive, which waits for messages or does not. */
  receive?(kind: 'short' | 'long'): ReceivePolicy
  /** A long poll does not notice that its client goes, and calls this when it has given it messages then. */
  readonly swallowed?: (messages: number) => void
}

/** An entry of `Failed`. */
export interface Refusal {
  readonly Code: string
  readonly Message: string
  readonly SenderFault: boolean
}

/** What a policy is made with, for one call. */
export interface Chance extends Pick<Disruption, 'draw' | 'acted'> {
  /** The session's. */
  readonly clock: Clock
}

/** Something that SQS does wrong at times. One file each; the table is index.ts. */
export interface DisruptionKind<Args> {
  /** As a rule's `do` spells it after `sqs.`: `redeliver`. */
  readonly name: string
  readonly summary: string
  readonly args: GenericSchema<unknown, Args>
  /** Arguments that the schema takes, as a person would write them. */
  readonly example: unknown
  policy(args: Args, chance: Chance): Policy
}

/** Keeps the types of the arguments together. */
export function defineDisruption<Args>(kind: DisruptionKind<Args>): DisruptionKind<Args> {
  return kind
}
