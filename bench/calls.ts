import { Connection } from './connection.ts'
import { rssBytes } from './process.ts'
import { jsonRequest } from './requests.ts'
import { receiptHandles, type Target } from './client.ts'
import { batchOf, createQueue, text } from './workloads.ts'

export interface CallsOrder {
  readonly port: number
  readonly pid: number
  /** What there is more and more of. */
  readonly of: 'messages' | 'queues'
  readonly levels: readonly number[]
}

/** By level: the median of one call of each kind in milliseconds, and the server's memory before them. */
export type CallsResult = ReadonlyArray<{
  readonly level: number
  readonly rssBytes: number
  readonly p50Ms: Readonly<Record<string, number>>
}>

/** So many of each: enough for a median that a pause of the collector does not move. */
const CALLS = 300

async function run({ port, pid, of, levels }: CallsOrder): Promise<CallsResult> {
  const admin = await Connection.open(port)
  const target: Target = { port, isSqs: true, admin }
  const grow = of === 'messages' ? await growingBacklog(target) : growingNumber(target)
  const result: { level: number; rssBytes: number; p50Ms: Record<string, number> }[] = []
  for (const level of levels) {
    const url = await grow(level)
    result.push({ level, rssBytes: rssBytes(pid), p50Ms: await each(target, url) })
  }
  return result
}

/** One queue, filled up to a level. */
async function growingBacklog(target: Target): Promise<(level: number) => Promise<string>> {
  const url = await createQueue(target, 'backlog')
  const batch = jsonRequest(target.port, 'SendMessageBatch', batchOf(url))
  const open = await Promise.all(Array.from({ length: 8 }, () => Connection.open(target.port)))
  let sent = 0
  return async (level) => {
    await Promise.all(
      open.map(async (connection) => {
        while (sent < level) {
          sent += 10
          await connection.call(batch)
        }
      }),
    )
    return url
  }
}

function growingNumber(target: Target): (level: number) => Promise<string> {
  let made = 0
  return async (level) => {
    let url = ''
    for (; made < level; made++) url = await createQueue(target, `queue-${made}`)
    return url
  }
}

async function each({ port, admin }: Target, QueueUrl: string): Promise<Record<string, number>> {
  const handles: string[] = []
  const send = jsonRequest(port, 'SendMessage', { QueueUrl, MessageBody: text() })
  const receive = jsonRequest(port, 'ReceiveMessage', { QueueUrl, VisibilityTimeout: 600 })
  const p50Ms = {
    SendMessage: await medianMs(() => admin.call(send)),
    ReceiveMessage: await medianMs(async () => {
      handles.push(...receiptHandles(await admin.call(receive)))
    }),
    DeleteMessage: await medianMs((index) =>
      admin.call(jsonRequest(port, 'DeleteMessage', { QueueUrl, ReceiptHandle: handles[index] })),
    ),
    GetQueueAttributes: await medianMs(() =>
      admin.call(jsonRequest(port, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })),
    ),
  }
  return p50Ms
}

async function medianMs(call: (index: number) => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let index = 0; index < CALLS; index++) {
    const startedMs = performance.now()
    await call(index)
    took.push(performance.now() - startedMs)
  }
  return took.toSorted((a, b) => a - b)[CALLS / 2] as number
}

const [order] = process.argv.slice(2)
if (order !== undefined) {
  process.stdout.write(JSON.stringify(await run(JSON.parse(order) as CallsOrder)))
  process.exit(0)
}
