import { Connection } from './connection.ts'
import { cpuMs, rssBytes } from './process.ts'
import { jsonRequest } from './requests.ts'
import { receiptHandles } from './client.ts'
import { createQueue, text } from './workloads.ts'

export interface PollsOrder {
  readonly port: number
  readonly pid: number
  readonly polls: number
  readonly idleMs: number
  readonly sends: number
}

export interface PollsResult {
  /** Of a core, while nobody sends. */
  readonly idleShare: number
  /** Beside its connection. */
  readonly bytesPerPoll: number
  /** From a send to the poll's answer. */
  readonly wakeP50Ms: number
  /** From the same send to its own answer. */
  readonly sendP50Ms: number
}

/** As for the workloads: by then what is compiled for speed is so, and the young generation is as large as it gets. */
const WARM_REQUESTS = 20_000
/** V8 tidies up once when a process has been quiet for some ten seconds, and every poll has come again by then. */
const SETTLE_MS = 25_000

async function run({ port, pid, polls, idleMs, sends: count }: PollsOrder): Promise<PollsResult> {
  const admin = await Connection.open(port)
  const QueueUrl = await createQueue({ port, isSqs: true, admin }, 'polled')
  const isSmoke = idleMs < SETTLE_MS
  const look = jsonRequest(port, 'ReceiveMessage', { QueueUrl })
  for (let warm = 0; warm < (isSmoke ? 100 : WARM_REQUESTS); warm++) await admin.call(look)
  // A connection costs what it costs in Node; each is open, and has been used.
  const connections = await Promise.all(Array.from({ length: polls }, () => Connection.open(port)))
  for (const connection of connections) await connection.call(look)
  const before = rssBytes(pid)
  const poll = jsonRequest(port, 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20, VisibilityTimeout: 600 })
  let woken = (_atMs: number): void => {}
  const failed = (error: Error): never => {
    throw error
  }
  for (const connection of connections) {
    const wait = (): void =>
      connection.send(
        poll,
        (answer) => {
          if (receiptHandles(answer).length > 0) woken(performance.now())
          wait()
        },
        failed,
      )
    wait()
  }
  await pause(1000)
  const bytesPerPoll = (rssBytes(pid) - before) / polls
  await pause(isSmoke ? 0 : SETTLE_MS)
  const started = { cpuMs: cpuMs(pid), ms: performance.now() }
  await pause(idleMs)
  const idleShare = (cpuMs(pid) - started.cpuMs) / (performance.now() - started.ms)
  const wakes: number[] = []
  const sends: number[] = []
  const send = jsonRequest(port, 'SendMessage', { QueueUrl, MessageBody: text() })
  for (let sent = 0; sent < count; sent++) {
    const startedMs = performance.now()
    const wake = new Promise<number>((resolve) => (woken = resolve))
    await admin.call(send)
    sends.push(performance.now() - startedMs)
    wakes.push((await wake) - startedMs)
    await pause(20)
  }
  return { idleShare, bytesPerPoll, wakeP50Ms: medianOf(wakes), sendP50Ms: medianOf(sends) }
}

function medianOf(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

const [order] = process.argv.slice(2)
if (order !== undefined) {
  process.stdout.write(JSON.stringify(await run(JSON.parse(order) as PollsOrder)))
  process.exit(0)
}
