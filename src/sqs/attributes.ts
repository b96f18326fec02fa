import type { ServiceError } from '../core/errors.ts'
import type { QueueSettings } from './engine/queue-calls.ts'
import type { Queue } from './engine/queue.ts'
import { sqsError } from './errors.ts'
import { checkPolicy } from './policy.ts'
import { checkRedriveAllowPolicy, parseRedrivePolicy } from './redrive.ts'

/** Attributes by name, as CreateQueue, SetQueueAttributes and the configuration give them. */
export type GivenAttributes = Readonly<Record<string, string>>

interface Rule {
  /** What a queue has that was given none; absent where such a queue lacks the attribute. */
  readonly fallback?: string
  /** Answers the value to keep, or throws. */
  readonly read: (value: string, name: string) => string
  /** An empty value removes the attribute. */
  readonly removable?: true
  /** How a standard queue refuses it. */
  readonly fifoOnly?: 'unknown' | 'needs FifoQueue'
  /** In GetQueueAttributes only when it differs from the fallback. */
  readonly quiet?: true
}

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['VisibilityTimeout', integer(0, 43_200, '30')],
  ['MaximumMessageSize', integer(1024, 1_048_576, '1048576')],
  ['MessageRetentionPeriod', integer(60, 1_209_600, '345600')],
  ['DelaySeconds', integer(0, 900, '0')],
  ['ReceiveMessageWaitTimeSeconds', integer(0, 20, '0')],
  ['Policy', { read: checkPolicy, removable: true }],
  ['RedrivePolicy', { read: readRedrivePolicy, removable: true }],
  ['RedriveAllowPolicy', { read: checkRedriveAllowPolicy, removable: true }],
  ['KmsMasterKeyId', { read: (value) => value, removable: true }],
  ['KmsDataKeyReusePeriodSeconds', { ...integer(60, 86_400, '300'), quiet: true }],
  ['SqsManagedSseEnabled', { fallback: 'true', read: readBoolean }],
  ['FifoQueue', { read: readFifoQueue, fifoOnly: 'unknown' }],
  ['ContentBasedDeduplication', { fallback: 'false', read: readBoolean, fifoOnly: 'unknown' }],
  ['DeduplicationScope', { ...oneOf('queue', 'messageGroup'), fifoOnly: 'needs FifoQueue' }],
  ['FifoThroughputLimit', { ...oneOf('perQueue', 'perMessageGroupId'), fifoOnly: 'needs FifoQueue' }],
])

/** What GetQueueAttributes computes. */
const COMPUTED: ReadonlyMap<string, (queue: Queue) => string> = new Map<string, (queue: Queue) => string>([
  ['QueueArn', (queue) => queue.arn],
  ['ApproximateNumberOfMessages', (queue) => String(queue.counts().visible)],
  ['ApproximateNumberOfMessagesNotVisible', (queue) => String(queue.counts().inFlight)],
  ['ApproximateNumberOfMessagesDelayed', (queue) => String(queue.counts().delayed)],
  ['CreatedTimestamp', (queue) => epochSeconds(queue.createdAtMs)],
  ['LastModifiedTimestamp', (queue) => epochSeconds(queue.modifiedAtMs)],
])

/** Checks attributes for a queue of this kind. Answers the values to keep, `''` for what is to be removed. */
export function checkAttributes(given: GivenAttributes, isFifo: boolean): Map<string, string> {
  const changes = new Map<string, string>()
  for (const name of Object.keys(given)) {
    const rule = RULES.get(name)
    if (rule === undefined) throw unknownAttribute(name)
    if (rule.fifoOnly !== undefined && !isFifo) throw notForStandardQueues(name, rule.fifoOnly)
    const value = given[name] as string
    changes.set(name, value === '' && rule.removable ? '' : rule.read(value, name))
  }
  if (changes.get('SqsManagedSseEnabled') === 'true' && (changes.get('KmsMasterKeyId') ?? '') !== '') {
    throw sqsError(
      'InvalidAttributeName',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    )
  }
  return changes
}

/** A queue's attributes with changes made to them; the given map stays as it is. */
export function mergeAttributes(
  current: ReadonlyMap<string, string>,
  changes: ReadonlyMap<string, string>,
): Map<string, string> {
  const merged = new Map(current)
  for (const [name, value] of changes) {
    if (value === '') merged.delete(name)
    else merged.set(name, value)
  }
  // One kind of encryption turns the other off. AWS is known to do it for a key; the way back is not verified, and a
  // queue that said yes to both would be a queue that AWS never shows.
  if ((changes.get('KmsMasterKeyId') ?? '') !== '') merged.set('SqsManagedSseEnabled', 'false')
  else if (changes.get('SqsManagedSseEnabled') === 'true') merged.delete('KmsMasterKeyId')
  if (
    merged.get('FifoThroughputLimit') === 'perMessageGroupId' &&
    merged.get('DeduplicationScope') !== 'messageGroup'
  ) {
    throw invalidValue(
      'FifoThroughputLimit',
      'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
    )
  }
  return merged
}

/** What the engine needs of the attributes. */
export function settingsOf(attributes: ReadonlyMap<string, string>, isFifo: boolean): QueueSettings {
  const redrivePolicy = attributes.get('RedrivePolicy')
  return {
    visibilityTimeoutSeconds: integerOf(attributes, 'VisibilityTimeout'),
    delaySeconds: integerOf(attributes, 'DelaySeconds'),
    retentionSeconds: integerOf(attributes, 'MessageRetentionPeriod'),
    ...(isFifo && {
      fifo: { deduplicationScope: attributes.get('DeduplicationScope') === 'messageGroup' ? 'messageGroup' : 'queue' },
    }),
    ...(redrivePolicy !== undefined && { redrive: parseRedrivePolicy(redrivePolicy) }),
  }
}

/** An integer attribute in force. */
export function integerOf(attributes: ReadonlyMap<string, string>, name: string): number {
  return Number(attributes.get(name) ?? RULES.get(name)?.fallback)
}

/** The value in force; `undefined` when the queue has no such attribute. */
export function valueOf(attributes: ReadonlyMap<string, string>, name: string): string | undefined {
  return attributes.get(name) ?? RULES.get(name)?.fallback
}

export function isComputed(name: string): boolean {
  return COMPUTED.has(name)
}

/** GetQueueAttributes; `undefined` when nothing that was asked for is there. */
export function describeAttributes(queue: Queue, names: readonly string[]): Record<string, string> | undefined {
  const asked = new Set<string>()
  for (const name of names) {
    if (name === 'All') for (const each of [...RULES.keys(), ...COMPUTED.keys()]) asked.add(each)
    else if (RULES.has(name) || COMPUTED.has(name)) asked.add(name)
    else throw unknownAttribute(name)
  }
  const described: Record<string, string> = {}
  let isEmpty = true
  for (const name of asked) {
    const value = shownValue(queue, name)
    if (value === undefined) continue
    described[name] = value
    isEmpty = false
  }
  return isEmpty ? undefined : described
}

export function unknownAttribute(name: string): ServiceError {
  return sqsError('InvalidAttributeName', `Unknown Attribute ${name}.`)
}

function shownValue(queue: Queue, name: string): string | undefined {
  const compute = COMPUTED.get(name)
  if (compute !== undefined) return compute(queue)
  const rule = RULES.get(name) as Rule
  if (rule.fifoOnly !== undefined && !queue.isFifo) return undefined
  const value = queue.attributes.get(name)
  return rule.quiet && value === rule.fallback ? undefined : (value ?? (rule.quiet ? undefined : rule.fallback))
}

function notForStandardQueues(name: string, why: 'unknown' | 'needs FifoQueue'): ServiceError {
  return why === 'unknown'
    ? unknownAttribute(name)
    : sqsError('InvalidAttributeName', `You can specify the ${name} only when FifoQueue is set to true.`)
}

/** AWS's text after the parameter's name varies and is not verified. */
function invalidValue(name: string, reason?: string): ServiceError {
  const message = `Invalid value for the parameter ${name}.`
  return sqsError('InvalidAttributeValue', reason === undefined ? message : `${message} Reason: ${reason}`)
}

function integer(from: number, to: number, fallback: string): Rule {
  return {
    fallback,
    read: (value, name) => {
      const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN
      if (!(number >= from && number <= to)) throw invalidValue(name)
      return String(number)
    },
  }
}

function oneOf(fallback: string, other: string): Rule {
  return {
    fallback,
    read: (value, name) => {
      if (value !== fallback && value !== other) throw invalidValue(name)
      return value
    },
  }
}

/** AWS takes `True` as well. */
function readBoolean(value: string, name: string): string {
  const lower = value.toLowerCase()
  if (lower !== 'true' && lower !== 'false') throw invalidValue(name)
  return lower
}

function readFifoQueue(value: string, name: string): string {
  if (readBoolean(value, name) === 'false') throw invalidValue(name, 'Modifying queue type is not supported.')
  return 'true'
}

/** Kept as it came: whether AWS hands it back re-serialised is not verified, and clients compare it as JSON. */
function readRedrivePolicy(value: string): string {
  parseRedrivePolicy(value)
  return value
}

function epochSeconds(ms: number): string {
  return String(Math.floor(ms / 1000))
}
