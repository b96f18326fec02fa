import type { Answer } from './connection.ts'
import { type Client, receiptHandles, type Target } from './client.ts'
import { type Input, jsonRequest, queryRequest } from './requests.ts'
import { tests } from './suite.ts'

export interface Workload {
  /** Answers how to make a client. */
  prepare(server: Target): Promise<(index: number) => Client>
  /** So many messages are put into the queue first, for each second: more than any server gives out. */
  readonly backlogPerSecond?: number
  /** A server is warm after a second and so many requests: what is compiled for speed is so by then. */
  readonly warmRequests?: number
}

const BODY_BYTES = 100
const LARGE_BYTES = 64 * 1024
const GROUPS = 1000
const BATCH = 10
const WARM_REQUESTS = 20_000

export const workloads = {
  send: {
    prepare: sending((port, QueueUrl) => jsonRequest(port, 'SendMessage', { QueueUrl, MessageBody: text() })),
    warmRequests: WARM_REQUESTS,
  },
  'send-64k': {
    prepare: sending((port, QueueUrl) =>
      jsonRequest(port, 'SendMessage', { QueueUrl, MessageBody: text(LARGE_BYTES) }),
    ),
  },
  'send-query': {
    prepare: sending((port, QueueUrl) => queryRequest(port, 'SendMessage', { QueueUrl, MessageBody: text() })),
    warmRequests: WARM_REQUESTS,
  },
  batch: { prepare: sending((port, QueueUrl) => jsonRequest(port, 'SendMessageBatch', batchOf(QueueUrl))) },
  fifo: { prepare: sendingToGroups, warmRequests: WARM_REQUESTS },
  cycle: { prepare: cycling(1), warmRequests: WARM_REQUESTS },
  drain: { prepare: cycling(BATCH), backlogPerSecond: 100_000 },
  tests: {
    prepare: (target) => Promise.resolve((index: number) => tests(target, index)),
    warmRequests: WARM_REQUESTS,
  },
  empty: { prepare: sending((port, QueueUrl) => jsonRequest(port, 'ReceiveMessage', { QueueUrl })) },
} satisfies Readonly<Record<string, Workload>>

export type WorkloadName = keyof typeof workloads

export function text(sizeBytes = BODY_BYTES): string {
  return 'x'.repeat(sizeBytes)
}

export function batchOf(QueueUrl: string): Input {
  const entry = (_: unknown, index: number) => ({ Id: `e${index}`, MessageBody: text() })
  return { QueueUrl, Entries: Array.from({ length: BATCH }, entry) }
}

/** Of a server that has no queues it is a URL like those that it would hand out. */
export async function createQueue(
  { port, isSqs, admin }: Target,
  name: string,
  attributes: Input = {},
): Promise<string> {
  if (!isSqs) return `http://127.0.0.1:${port}/000000000000/${name}`
  const { status, body } = await admin.call(
    jsonRequest(port, 'CreateQueue', { QueueName: name, Attributes: attributes }),
  )
  if (status !== 200) throw new Error(`CreateQueue: ${status} ${body.toString()}`)
  return (JSON.parse(body.toString()) as { QueueUrl: string }).QueueUrl
}

/** The same bytes again and again. */
function sending(requestFor: (port: number, queueUrl: string) => Buffer): Workload['prepare'] {
  return async (target) => {
    const bytes = requestFor(target.port, await createQueue(target, 'bench'))
    return () => ({ next: () => bytes, took: counted })
  }
}

async function sendingToGroups(target: Target): Promise<(index: number) => Client> {
  const QueueUrl = await createQueue(target, 'bench.fifo', { FifoQueue: 'true' })
  return (index) => {
    let sent = 0
    return {
      next() {
        sent++
        const MessageGroupId = `group-${(index * 61 + sent) % GROUPS}`
        const MessageDeduplicationId = `${index}-${sent}`
        return jsonRequest(target.port, 'SendMessage', {
          QueueUrl,
          MessageBody: text(),
          MessageGroupId,
          MessageDeduplicationId,
        })
      },
      took: counted,
    }
  }
}

/** Receives and deletes; by ones it sends each message first, by batches it empties what is there. */
function cycling(size: number): Workload['prepare'] {
  return async (target) => {
    const { port } = target
    const QueueUrl = await createQueue(target, 'bench')
    const send = jsonRequest(port, 'SendMessage', { QueueUrl, MessageBody: text() })
    const receive = jsonRequest(port, 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: size })
    const first = size === 1 ? send : receive
    return () => {
      let bytes = first
      let handles = 0
      return {
        next: () => bytes,
        took(answer) {
          counted(answer)
          if (bytes === send) {
            bytes = receive
            return 0
          }
          if (bytes !== receive) {
            bytes = first
            return handles
          }
          const found = receiptHandles(answer)
          handles = found.length
          bytes = handles === 0 ? first : deleting(port, QueueUrl, found)
          return 0
        },
      }
    }
  }
}

function deleting(port: number, QueueUrl: string, handles: readonly string[]): Buffer {
  const [ReceiptHandle] = handles
  if (handles.length === 1) return jsonRequest(port, 'DeleteMessage', { QueueUrl, ReceiptHandle })
  const Entries = handles.map((handle, index) => ({ Id: `e${index}`, ReceiptHandle: handle }))
  return jsonRequest(port, 'DeleteMessageBatch', { QueueUrl, Entries })
}

function counted({ status, body }: Answer): number {
  if (status !== 200) throw new Error(`answered ${status}: ${body.toString().slice(0, 200)}`)
  return 1
}
