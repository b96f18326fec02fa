import { type SQSClientConfig, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

/** The SDK for JavaScript, as apps use it. */
export function sqsClient(endpoint: string, more: SQSClientConfig = {}): SQSClient {
  return new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
    ...more,
  })
}

/** Does all of it with so many hands, each taking the next thing when it is done with the last one. */
export async function withWorkers<T>(
  count: number,
  things: readonly T[],
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const left = [...things]
  const worker = async (): Promise<void> => {
    for (let thing = left.shift(); thing !== undefined; thing = left.shift()) await work(thing)
  }
  await Promise.all(Array.from({ length: count }, worker))
}

/** In another order each time. */
export function shuffled<T>(things: readonly T[]): T[] {
  return things
    .map((thing) => ({ thing, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ thing }) => thing)
}

const ORDERS = Array.from({ length: 60 }, (_, order) => `order ${order}`)
/** Sent by everybody, and the same each time. */
const PINGS = Array.from({ length: 20 }, () => 'ping')

/**
 * A suite as people have it: orders with fresh ids and times, and pings, sent by many workers in any order. Answers what
 * failed: the orders, and how many of the pings.
 */
export async function sendOrders(endpoint: string, workers: number): Promise<readonly string[]> {
  const sqs = sqsClient(endpoint)
  const failed: string[] = []
  await withWorkers(workers, shuffled([...ORDERS, ...PINGS]), async (what) => {
    const body = what === 'ping' ? what : JSON.stringify({ what, id: crypto.randomUUID(), at: Date.now() })
    const command = new SendMessageCommand({ QueueUrl: '/000000000000/orders', MessageBody: body })
    await sqs.send(command).catch(() => failed.push(what))
  })
  sqs.destroy()
  return failed.toSorted()
}
