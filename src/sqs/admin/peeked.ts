import type { Message } from '../engine/message.ts'
import { wireAttribute } from '../message-attributes.ts'

/** What the control plane calls the states of a message. */
export const STATES = ['visible', 'inFlight', 'delayed'] as const
export type PeekedState = (typeof STATES)[number]

export function stateOf({ state }: Message): PeekedState {
  if (state === 'taken') return 'inFlight'
  return state === 'delayed' ? 'delayed' : 'visible'
}

/** A message as somebody sees it who does not receive it. */
export function peeked(message: Message, nowMs: number): object {
  const { attributes, dueMs, firstReceivedAtMs } = message
  return {
    messageId: message.messageId,
    state: stateOf(message),
    // Until it shows by itself.
    timeLeftMs: dueMs === undefined ? undefined : Math.max(0, dueMs - nowMs),
    body: message.body,
    attributes:
      attributes &&
      Object.fromEntries(
        Object.entries(attributes).map(([name, attribute]) => {
          const { BinaryValue, ...wire } = wireAttribute(attribute)
          return [name, BinaryValue === undefined ? wire : { ...wire, BinaryValue: BinaryValue.toString('base64') }]
        }),
      ),
    receiveCount: message.receiveCount,
    sentAt: iso(message.sentAtMs),
    firstReceivedAt: firstReceivedAtMs === undefined ? undefined : iso(firstReceivedAtMs),
    senderId: message.senderId,
    groupId: message.groupId,
    deduplicationId: message.deduplicationId,
    sequenceNumber: message.sequenceNumber,
    traceHeader: message.traceHeader,
    deadLetterSourceArn: message.deadLetterSourceArn,
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
