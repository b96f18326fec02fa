import { hash } from 'node:crypto'
import * as v from 'valibot'
import type { Disruption } from '../../../src/core/exchange.ts'
import { sqs } from '../../../src/sqs/service.ts'
import type { CallOptions, ReceivedMessage, SqsClient } from '../sqs-client.ts'

export interface Rule {
  /** For one call: what it draws is drawn anew. */
  (): CallOptions & { readonly disruptions: readonly Disruption[] }
  /** What it did, in the calls that it really changed. */
  readonly acts: readonly string[]
}

const schemas = sqs().disruptions ?? {}
let rules = 0

/** A rule that asks for a disruption, as the fault module does: its arguments are read once. */
export function rule(name: string, value?: unknown, draw?: (key: string) => number): Rule {
  const schema = schemas[name]
  if (schema === undefined) throw new Error(`no disruption ${name}`)
  const args = v.parse(schema, value)
  const acts: string[] = []
  const seed = rules++
  let calls = 0
  const next = (): CallOptions & { readonly disruptions: readonly Disruption[] } => {
    const call = calls++
    const disruption: Disruption = {
      name,
      args,
      draw: draw ?? ((key) => drawn(`${seed}/${call}/${key}`)),
      acted: (what) => acts.push(what),
    }
    return { disruptions: [disruption] }
  }
  return Object.assign(next, { acts })
}

/** From 0 up to 1, the same for the same text. */
export function drawn(text: string): number {
  return parseInt(hash('sha1', text).slice(0, 8), 16) / 2 ** 32
}

/** Several rules for one call. */
export function all(...each: readonly Rule[]): CallOptions {
  return { disruptions: each.flatMap((next) => next().disruptions) }
}

/** What is wrong with the arguments of a disruption; `undefined`: nothing. */
export function complaint(name: string, value: unknown): string | undefined {
  return v.safeParse(schemas[name] as v.GenericSchema, value).issues?.[0].message
}

/** What a receive gives; empty, where there is no `Messages`. */
export function receive(
  sqs: SqsClient,
  QueueUrl: string,
  max: number,
  how: CallOptions = {},
  input: Readonly<Record<string, unknown>> = {},
): readonly ReceivedMessage[] {
  const { Messages }: { readonly Messages?: readonly ReceivedMessage[] } = sqs.ok(
    'ReceiveMessage',
    { QueueUrl, MaxNumberOfMessages: max, ...input },
    how,
  )
  return Messages ?? []
}

export function bodies(messages: readonly ReceivedMessage[]): string[] {
  return messages.map(({ Body }) => Body)
}

/** Sends `m0`, `m1` …; to a FIFO queue `g0-m0`, `g1-m1`, `g0-m2` … of so many groups. */
export function send(sqs: SqsClient, QueueUrl: string, count: number, groups = 0): string[] {
  return Array.from({ length: count }, (_, i) => {
    const group = groups === 0 ? undefined : `g${i % groups}`
    const MessageBody = group === undefined ? `m${i}` : `${group}-m${i}`
    sqs.ok('SendMessage', { QueueUrl, MessageBody, ...(group !== undefined && fifo(group, MessageBody)) })
    return MessageBody
  })
}

function fifo(MessageGroupId: string, MessageDeduplicationId: string) {
  return { MessageGroupId, MessageDeduplicationId }
}
