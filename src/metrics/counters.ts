import type { Ended } from '../core/finished.ts'
import { isDecodeFailure } from '../core/exchange.ts'
import type { Measure, Service } from '../core/service.ts'

/** Seconds; up to a long poll and some. */
export const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25] as const

/** Of one session. Who makes more queues than this reads the others from the list of queues. */
const MOST_SERIES = 10_000

export type Labels = Readonly<Record<string, string>>

export interface Counted {
  readonly labels: Labels
  value: number
}

export interface Latency {
  readonly labels: Labels
  /** By bucket, not yet summed up; the last one is beyond all. */
  readonly buckets: number[]
  sumSeconds: number
}

/** Totals of one session, kept while clients wait for their answers: a look-up and an addition each. */
export class Counters {
  readonly requests = new Map<string, Counted>()
  readonly latencies = new Map<string, Latency>()
  /** By metric, then by queue or whatever the service counts by. */
  readonly measures = new Map<string, Map<string, Counted>>()
  readonly #serviceOf: (name: string) => Service | undefined

  constructor(serviceOf: (name: string) => Service | undefined) {
    this.#serviceOf = serviceOf
  }

  add({ exchange, outcome, durationMs }: Ended): void {
    const { service, trace } = exchange
    const call = exchange.call()
    const operation = service === '' || isDecodeFailure(call) ? '' : call.operation
    const status = outcome.kind === 'response' ? String(outcome.response.status) : outcome.failure.ending
    const source = trace.source ?? ''
    const fault = trace.faults[0]?.rule ?? ''
    count(this.requests, `${service} ${operation} ${status} ${source} ${fault}`, 1, () => {
      return { service, operation, status, source, fault }
    })
    this.#time(service, operation, durationMs / 1000)
    if (isDecodeFailure(call)) return
    const known = this.#serviceOf(service)
    for (const result of trace.results)
      for (const each of known?.measure?.(call, result, exchange) ?? []) this.#measure(each)
  }

  #time(service: string, operation: string, seconds: number): void {
    const key = `${service} ${operation}`
    let latency = this.latencies.get(key)
    if (latency === undefined) {
      if (this.latencies.size >= MOST_SERIES) return
      latency = { labels: { service, operation }, buckets: Array<number>(BUCKETS.length + 1).fill(0), sumSeconds: 0 }
      this.latencies.set(key, latency)
    }
    const at = BUCKETS.findIndex((bound) => seconds <= bound)
    const bucket = at < 0 ? BUCKETS.length : at
    latency.buckets[bucket] = (latency.buckets[bucket] as number) + 1
    latency.sumSeconds += seconds
  }

  #measure({ metric, value, labels }: Measure): void {
    let series = this.measures.get(metric)
    if (series === undefined) this.measures.set(metric, (series = new Map<string, Counted>()))
    count(series, Object.values(labels).join(' '), value, () => labels)
  }
}

function count(series: Map<string, Counted>, key: string, by: number, labels: () => Labels): void {
  const there = series.get(key)
  if (there !== undefined) there.value += by
  else if (series.size < MOST_SERIES) series.set(key, { labels: labels(), value: by })
}
