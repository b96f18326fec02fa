import type { Call, Caller } from './exchange.ts'

/**
 * How the calls of a service stand to each other, for whoever records them and answers them again: which of them only
 * look, which hand something from one to the other, which everybody waits for. Operations without a role change
 * something and stand for themselves; those of Service.reads look.
 */
export interface Recordable {
  readonly roles: Readonly<Record<string, Role>>
  /** Members of outputs that follow from what was sent: digests. They are never stored. */
  readonly computed: readonly string[]
  /** A call's input without anything that says where the client has sent it: `QueueUrl: '/000000000000/orders'`. */
  plainInput(call: Call, caller: Caller): Readonly<Record<string, unknown>>
  /** An output with what follows from the input, for whoever has stored it without. */
  complete?(operation: string, input: Readonly<Record<string, unknown>>, output: Output): Output
  /** Things that are made with the same lane keep their order. */
  lane?(operation: string, input: Readonly<Record<string, unknown>>): string | undefined
}

type Output = Readonly<Record<string, unknown>>

export type Role =
  /** Makes a thing: a message is sent. `id`: the member of the output that names it; `content`: of the input, what it is. */
  | { readonly kind: 'make'; readonly id: string; readonly content: string }
  /**
   * Takes things that were made: messages are received. `items`: the list of them in the output, `id` and `handle`:
   * members of each, as is `content`, what it is. How many a call takes is chance, so each of them counts by itself, and a call that takes nothing
   * counts for nothing. `by`: the members of the input that say where from; the others only limit what is answered.
   * `waits`: for how many seconds the call waits for something to take.
   */
  | {
      readonly kind: 'take'
      readonly by: readonly string[]
      readonly items: string
      readonly id: string
      readonly handle: string
      readonly content: string
      readonly waits: string
    }
  /**
   * Says something of a thing that was taken, by a member of the input. `isLast`: it is gone then. `isRepeatable`: saying
   * it again, as one who needs more time does, is the same.
   */
  | { readonly kind: 'touch'; readonly handle: string; readonly isLast?: true; readonly isRepeatable?: true }
  /** Changes what all calls about the same subject see. `isRepeatable`: once it is so, saying it again changes nothing. */
  | {
      readonly kind: 'barrier'
      readonly isRepeatable?: true
      readonly creates?: true
      readonly destroys?: true
      readonly moves?: true
    }
  /** Several calls of another operation in one: `Entries` with an `Id` each, `Successful` and `Failed`. */
  | { readonly kind: 'batch'; readonly of: string }
