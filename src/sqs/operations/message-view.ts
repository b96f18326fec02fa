import { hash } from 'node:crypto'
import type { Message, MessageAttribute, MessageAttributes } from '../engine/message.ts'
import type { Delivered } from '../engine/queue-calls.ts'
import { type WireAttribute, messageAttributesMd5, wireAttribute } from '../message-attributes.ts'
import type { Output } from './operation.ts'

/** Which attributes a receive asked for; `undefined` for none, which is the usual case. */
export interface MessageView {
  readonly system: readonly SystemAttribute[] | undefined
  readonly user: 'all' | NameFilter | undefined
}

interface NameFilter {
  readonly names: ReadonlySet<string>
  readonly prefixes: readonly string[]
}

type SystemAttribute = readonly [name: string, read: (delivered: Delivered) => string | undefined]

interface ViewInput {
  readonly AttributeNames?: readonly string[]
  readonly MessageSystemAttributeNames?: readonly string[]
  readonly MessageAttributeNames?: readonly string[]
}

const SYSTEM_ATTRIBUTES: readonly SystemAttribute[] = [
  ['SenderId', ({ message }) => message.senderId],
  ['SentTimestamp', ({ message }) => String(message.sentAtMs)],
  ['ApproximateReceiveCount', ({ receiveCount }) => String(receiveCount)],
  ['ApproximateFirstReceiveTimestamp', ({ message }) => textOf(message.firstReceivedAtMs)],
  ['SequenceNumber', ({ message }) => message.sequenceNumber],
  ['MessageDeduplicationId', ({ message }) => message.deduplicationId],
  ['MessageGroupId', ({ message }) => message.groupId],
  ['AWSTraceHeader', ({ message }) => message.traceHeader],
  ['DeadLetterQueueSourceArn', ({ message }) => message.deadLetterSourceArn],
]

/**
 * Reads which attributes are asked for. System attributes have an old and a new list; where a request has both, AWS
 * follows the new one in JSON and the old one in query.
 */
export function messageViewOf(input: ViewInput, isQuery: boolean): MessageView {
  const old = filled(input.AttributeNames)
  const modern = filled(input.MessageSystemAttributeNames)
  const names = isQuery ? (old ?? modern) : (modern ?? old)
  return {
    system: names === undefined ? undefined : systemAttributesOf(names),
    user: filterOf(filled(input.MessageAttributeNames)),
  }
}

/** A message as ReceiveMessage answers it. The attributes' MD5 is of those that are shown. */
export function showMessage(delivered: Delivered, view: MessageView): Output {
  const { message, receiptHandle } = delivered
  const shown: Record<string, unknown> = {
    MessageId: message.messageId,
    ReceiptHandle: receiptHandle,
    MD5OfBody: hash('md5', message.body),
    Body: message.body,
  }
  if (view.system !== undefined) showSystemAttributes(shown, delivered, view.system)
  if (view.user !== undefined && message.attributes !== undefined) {
    showUserAttributes(shown, message.attributes, view.user)
  }
  return shown
}

function showSystemAttributes(
  shown: Record<string, unknown>,
  delivered: Delivered,
  asked: readonly SystemAttribute[],
): void {
  let attributes: Record<string, string> | undefined
  for (const [name, read] of asked) {
    const value = read(delivered)
    if (value !== undefined) (attributes ??= {})[name] = value
  }
  if (attributes !== undefined) shown.Attributes = attributes
}

function showUserAttributes(
  shown: Record<string, unknown>,
  attributes: MessageAttributes,
  filter: 'all' | NameFilter,
): void {
  const selected = Object.create(null) as Record<string, MessageAttribute>
  const wire = Object.create(null) as Record<string, WireAttribute>
  let isEmpty = true
  for (const name of Object.keys(attributes)) {
    if (filter !== 'all' && !matches(filter, name)) continue
    const attribute = attributes[name] as MessageAttribute
    selected[name] = attribute
    wire[name] = wireAttribute(attribute)
    isEmpty = false
  }
  if (isEmpty) return
  shown.MD5OfMessageAttributes = messageAttributesMd5(selected)
  shown.MessageAttributes = wire
}

/** Names that AWS does not know are ignored. */
function systemAttributesOf(names: readonly string[]): readonly SystemAttribute[] | undefined {
  if (names.includes('All')) return SYSTEM_ATTRIBUTES
  const asked = SYSTEM_ATTRIBUTES.filter(([name]) => names.includes(name))
  return asked.length === 0 ? undefined : asked
}

/** `All`, `.*` and `*` mean all; `Hel.*` means names that start with `Hel`: the dot is no part of the prefix. */
function filterOf(names: readonly string[] | undefined): MessageView['user'] {
  if (names === undefined) return undefined
  if (names.includes('All') || names.includes('.*') || names.includes('*')) return 'all'
  const prefixes = names.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -2))
  return { names: new Set(names), prefixes }
}

function matches(filter: NameFilter, name: string): boolean {
  return filter.names.has(name) || filter.prefixes.some((prefix) => name.startsWith(prefix))
}

function filled(names: readonly string[] | undefined): readonly string[] | undefined {
  return names === undefined || names.length === 0 ? undefined : names
}

function textOf(ms: Message['firstReceivedAtMs']): string | undefined {
  return ms === undefined ? undefined : String(ms)
}
