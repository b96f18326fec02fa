import type { Ended } from '../core/finished.ts'
import { isDecodeFailure } from '../core/exchange.ts'
import { Series } from './series.ts'

/** Seconds; up to a long poll and some. */
export const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25] as const

export interface Count {
  value: number
}

export interface Latency {
  /** By bucket, not yet summed up; the last one is beyond all. */
  readonly buckets: number[]
  sumSeconds: number
}

/** Totals of one session, kept while clients wait for their answers: a look-up and an addition each. */
export class Counters {
  readonly requests = new Series(['service', 'operation', 'status', 'source', 'fault'], (): Count => ({ value: 0 }))
  readonly latencies = new Series(['service', 'operation'], (): Latency => {
    return { buckets: Array<number>(BUCKETS.length + 1).fill(0), sumSeconds: 0 }
  })

  add({ exchange, outcome, durationMs }: Ended): void {
    const { service, trace } = exchange
    const call = exchange.call()
    const operation = service === '' || isDecodeFailure(call) ? '' : call.operation
    const status = outcome.kind === 'response' ? outcome.response.status : outcome.failure.ending
    const count = this.requests.of(service, operation, status, trace.source ?? '', trace.faults[0]?.rule ?? '')
    if (count !== undefined) count.value++
    const latency = this.latencies.of(service, operation)
    if (latency !== undefined) addTo(latency, durationMs / 1000)
  }
}

function addTo(latency: Latency, seconds: number): void {
  let bucket = 0
  while (bucket < BUCKETS.length && seconds > (BUCKETS[bucket] as number)) bucket++
  latency.buckets[bucket] = (latency.buckets[bucket] as number) + 1
  latency.sumSeconds += seconds
}
