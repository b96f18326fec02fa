import { Connection } from './connection.ts'
import type { Target } from './client.ts'
import { batchOf, createQueue, type Workload, type WorkloadName, workloads } from './workloads.ts'
import { jsonRequest } from './requests.ts'
import { cpuMs } from './process.ts'

/** What the load process is told, as JSON, its only argument. */
export interface LoadOrder {
  readonly port: number
  readonly isSqs: boolean
  readonly workload: WorkloadName
  readonly connections: number
  readonly warmMs: number
  readonly measureMs: number
  /** Of the server: its CPU is read. */
  readonly pid: number
}

export interface LoadResult {
  readonly opsPerSecond: number
  /** Of a request. */
  readonly p50Ms: number
  readonly p99Ms: number
  /** The server's, for a request. */
  readonly cpuUs: number
  /** The load's own share of a core: near 1 it is the load that was measured. */
  readonly loadShare: number
}

/** Runs in a process of its own, so that it can have a core of its own. */
async function run(order: LoadOrder): Promise<LoadResult> {
  const { port, isSqs, connections, warmMs, measureMs, pid } = order
  const workload: Workload = workloads[order.workload]
  const target: Target = { port, isSqs, admin: await Connection.open(port) }
  const clientAt = await workload.prepare(target)
  await fill(target, ((workload.backlogPerSecond ?? 0) * (warmMs + measureMs)) / 1000)
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)))
  const latencies: number[] = []
  let operations = 0
  let answers = 0
  let isMeasuring = false
  let isRunning = true
  const failed = new Promise<never>((_, reject) => {
    open.forEach((connection, index) => {
      const client = clientAt(index)
      const send = (): void => {
        const startedMs = performance.now()
        connection.send(
          client.next(),
          (answer) => {
            answers++
            if (isMeasuring) latencies.push(performance.now() - startedMs)
            try {
              const done = client.took(answer)
              if (isMeasuring) operations += done
              if (isRunning) send()
            } catch (error) {
              reject(error instanceof Error ? error : new Error(String(error)))
            }
          },
          reject,
        )
      }
      send()
    })
  })
  await Promise.race([failed, pause(warmMs)])
  // Without a warm-up it is asked only whether it works.
  const warmRequests = warmMs === 0 ? 2 * connections : (workload.warmRequests ?? 0)
  const isWarm = (): boolean => answers >= warmRequests
  while (!isWarm()) await Promise.race([failed, pause(20)])
  isMeasuring = true
  const started = { ms: performance.now(), cpuMs: cpuMs(pid), own: process.cpuUsage() }
  await Promise.race([failed, pause(measureMs)])
  isMeasuring = isRunning = false
  const tookMs = performance.now() - started.ms
  const own = process.cpuUsage(started.own)
  latencies.sort((a, b) => a - b)
  return {
    opsPerSecond: (operations * 1000) / tookMs,
    p50Ms: latencies[Math.floor(latencies.length * 0.5)] ?? NaN,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? NaN,
    cpuUs: ((cpuMs(pid) - started.cpuMs) * 1000) / latencies.length,
    loadShare: (own.user + own.system) / 1000 / tookMs,
  }
}

async function fill(target: Target, messages: number): Promise<void> {
  if (messages === 0) return
  const batch = jsonRequest(target.port, 'SendMessageBatch', batchOf(await createQueue(target, 'bench')))
  for (let sent = 0; sent < messages; sent += 10) await target.admin.call(batch)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

const [order] = process.argv.slice(2)
if (order !== undefined) {
  process.stdout.write(JSON.stringify(await run(JSON.parse(order) as LoadOrder)))
  process.exit(0)
}
