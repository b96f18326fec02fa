import type { Ended } from '../core/finished.ts'
import type { Measure } from '../core/service.ts'
import { BUCKETS, Counters, type Latency } from './counters.ts'

/** What a session's services count themselves: messages sent, depths of queues. */
export interface Now {
  readonly session: string
  readonly measures: Iterable<Measure>
}

type Labels = Readonly<Record<string, string>>

interface Value {
  readonly labels: Labels
  readonly value: number
  readonly metricName?: string
}

interface Metric {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly values: Value[]
}

/** Counts per session, and writes them as Prometheus reads them; the library for that is loaded when somebody asks. */
export class Metrics {
  readonly #bySession = new Map<string, Counters>()

  add(ended: Ended): void {
    const { session } = ended.exchange
    let counters = this.#bySession.get(session)
    if (counters === undefined) {
      counters = new Counters()
      this.#bySession.set(session, counters)
    }
    counters.add(ended)
  }

  /** The session has ended. */
  drop(session: string): void {
    this.#bySession.delete(session)
  }

  /** The text format, and its media type. */
  async render(now: readonly Now[]): Promise<{ readonly text: string; readonly contentType: string }> {
    const { Registry } = await import('prom-client')
    const registry = new Registry()
    for (const { values, ...head } of this.#metrics(now)) {
      const written = { ...head, aggregator: 'sum', values }
      registry.registerMetric({ ...head, get: () => Promise.resolve(written) } as never)
    }
    return { text: await registry.metrics(), contentType: registry.contentType }
  }

  #metrics(now: readonly Now[]): Metric[] {
    const requests: Value[] = []
    const latencies: Value[] = []
    const byName = new Map<string, Metric>()
    const put = (name: string, type: 'counter' | 'gauge', value: Value): void => {
      const metric = byName.get(name) ?? { name, type, help: helpOf(name), values: [] }
      metric.values.push(value)
      byName.set(name, metric)
    }
    for (const { session, measures } of now) {
      const counters = this.#bySession.get(session)
      for (const [labels, { value }] of counters?.requests.entries() ?? [])
        requests.push({ labels: { session, ...labels }, value })
      for (const [labels, latency] of counters?.latencies.entries() ?? [])
        latencies.push(...histogram({ session, ...labels }, latency))
      for (const { metric, labels, value } of measures)
        put(metric, metric.endsWith('_total') ? 'counter' : 'gauge', { labels: { session, ...labels }, value })
    }
    return [
      { name: 'pipit_requests_total', help: 'Requests by how they ended.', type: 'counter', values: requests },
      {
        name: LATENCY,
        help: 'Time from the whole request to its answer, long polls included.',
        type: 'histogram',
        values: latencies,
      },
      ...byName.values(),
    ]
  }
}

const LATENCY = 'pipit_request_duration_seconds'

function histogram(labels: Labels, { buckets, sumSeconds }: Latency): Value[] {
  let sum = 0
  const counted = buckets.map((value, index) => {
    sum += value
    const le = index < BUCKETS.length ? String(BUCKETS[index]) : '+Inf'
    return { labels: { le, ...labels }, value: sum, metricName: `${LATENCY}_bucket` }
  })
  return [
    ...counted,
    { labels, value: sumSeconds, metricName: `${LATENCY}_sum` },
    { labels, value: sum, metricName: `${LATENCY}_count` },
  ]
}

/** `aws_sqs_number_of_messages_sent` is CloudWatch's NumberOfMessagesSent. */
function helpOf(name: string): string {
  const words = name.replace(/^aws_[a-z]+_/, '').replace(/_total$/, '')
  const cloudWatch = words.split('_').map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
  return `${cloudWatch.join('')}, as CloudWatch has it.`
}
