// node dist/test/scenarios/soak.js [MESSAGES]: that many messages in batches of ten through a real gateway, with ten
// producers and ten consumers; none may be lost, none may come twice, a FIFO group keeps its order.
import { spawn } from 'node:child_process'
import http from 'node:http'
import { readFileSync } from 'node:fs'

const WORKERS = 10
const GROUPS = 1000
const total = Number(process.argv[2] ?? 1_000_000)
const PORT = '3987'
const url = `http://127.0.0.1:${PORT}`
// Silent, and so without the start screen that the other scenarios read the address from.
const gateway = spawn(process.execPath, ['dist/bundle/cli.js'], {
  env: { PATH: process.env['PATH'], PORT, PIPIT_LOG_LEVEL: 'silent' },
  stdio: 'inherit',
})
const agent = new http.Agent({ keepAlive: true, maxSockets: 2 * WORKERS })

interface Received {
  readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[]
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`${url}/_pipit/readyz`).catch(() => undefined)
  return answer?.status === 200
}

function call<T>(operation: string, input: object): Promise<T> {
  const body = JSON.stringify(input)
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` }
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (response.statusCode !== 200) reject(new Error(`${operation}: ${response.statusCode} ${text}`))
        else resolve((text === '' ? {} : JSON.parse(text)) as T)
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

const workers = (work: (worker: number) => Promise<void>): Promise<unknown> =>
  Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)))

/** Each producer has groups of its own, so that a group's messages are sent in the order of their numbers. */
async function produce(QueueUrl: string, isFifo: boolean, worker: number): Promise<void> {
  const share = total / WORKERS
  for (let first = 0; first < share; first += 10) {
    const Entries = Array.from({ length: 10 }, (_, i) => {
      const n = first + i
      const MessageBody = `${worker}-${n}`.padEnd(100, '.')
      if (!isFifo) return { Id: `e${i}`, MessageBody }
      const MessageGroupId = `g${worker}-${n % (GROUPS / WORKERS)}`
      return { Id: `e${i}`, MessageBody, MessageGroupId, MessageDeduplicationId: `${worker}-${n}` }
    })
    const { Successful } = await call<{ Successful?: readonly unknown[] }>('SendMessageBatch', {
      QueueUrl,
      Entries,
    })
    if (Successful?.length !== 10) throw new Error('an entry of a batch failed')
  }
}

/** Takes until nothing is left, and checks what comes. */
async function consume(
  QueueUrl: string,
  isFifo: boolean,
  seen: Uint8Array,
  latest: Map<string, number>,
): Promise<void> {
  for (;;) {
    const { Messages } = await call<Received>('ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 600,
      WaitTimeSeconds: 1,
    })
    if (Messages === undefined) return
    for (const { Body } of Messages) {
      const [worker = 0, n = 0] = Body.replaceAll('.', '').split('-').map(Number)
      const place = worker * (total / WORKERS) + n
      if (seen[place] !== 0) throw new Error(`${worker}-${n} came twice`)
      seen[place] = 1
      if (!isFifo) continue
      const group = `g${worker}-${n % (GROUPS / WORKERS)}`
      if ((latest.get(group) ?? -1) >= n) throw new Error(`${n} of ${group} came after ${latest.get(group)}`)
      latest.set(group, n)
    }
    const Entries = Messages.map(({ ReceiptHandle }, i) => ({ Id: `e${i}`, ReceiptHandle }))
    const { Failed } = await call<{ Failed?: readonly unknown[] }>('DeleteMessageBatch', { QueueUrl, Entries })
    if (Failed !== undefined) throw new Error(`not deleted: ${JSON.stringify(Failed)}`)
  }
}

function residentBytes(): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}

async function soak(name: string, isFifo: boolean): Promise<void> {
  const Attributes = isFifo ? { FifoQueue: 'true' } : {}
  const { QueueUrl } = await call<{ QueueUrl: string }>('CreateQueue', { QueueName: name, Attributes })
  const emptyBytes = residentBytes()
  const startedMs = performance.now()
  await workers((worker) => produce(QueueUrl, isFifo, worker))
  const sentMs = performance.now()
  const bytesEach = Math.round((residentBytes() - emptyBytes) / total)
  const seen = new Uint8Array(total)
  const latest = new Map<string, number>()
  await workers(() => consume(QueueUrl, isFifo, seen, latest))
  const receivedMs = performance.now()
  const lost = seen.indexOf(0)
  if (lost >= 0) throw new Error(`message ${lost} was lost`)
  const perSecond = (ms: number): number => Math.round((total / ms) * 1000)
  console.log(
    `  ok    ${name}: ${total} messages, none lost, none twice${isFifo ? `, ${GROUPS} groups in order` : ''}; ` +
      `${perSecond(sentMs - startedMs)}/s sent, ${perSecond(receivedMs - sentMs)}/s received and deleted, ` +
      `${bytesEach} B of memory each`,
  )
  await call('DeleteQueue', { QueueUrl })
}

try {
  for (let tries = 0; !(await isReady()); tries++) {
    if (tries === 100 || gateway.exitCode !== null) throw new Error(`no gateway on port ${PORT}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await soak('standard', false)
  await soak('ordered.fifo', true)
  console.log('2 passed, 0 failed')
} catch (error) {
  console.log(`  FAIL  ${String(error)}\n0 passed, 1 failed`)
  process.exitCode = 1
} finally {
  agent.destroy()
  gateway.kill()
}
