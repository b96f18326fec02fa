import { calls, compare, type Effort, median, polls, startup } from './measure.ts'
import { recordedTests } from './record-tests.ts'
import {
  bare,
  bareStart,
  monitor,
  passing,
  pipit,
  plainStart,
  proxy,
  replaying,
  splice,
  withRules,
  working,
} from './subjects.ts'
import type { LoadResult } from './load.ts'
import type { WorkloadName } from './workloads.ts'

/** A ratio, or a size, with what it should be. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit?: string
  readonly atLeast?: number
  readonly atMost?: number
  /** The medians behind it, in words. */
  readonly detail?: string
}

export interface Goal {
  readonly name: string
  measure(effort: Effort): Promise<readonly Figure[]>
}

/** Every goal is a ratio of two things that were measured in the same run, in turn. */
export const goals: readonly Goal[] = [
  {
    name: 'send',
    async measure(effort) {
      const compared = await compare({ one: [pipit, 'send'], other: [bare, 'send'] }, effort)
      return [
        {
          what: 'SendMessage 100 B over bare node:http, ops/s',
          value: compared.ratio('opsPerSecond'),
          atLeast: 0.8,
          detail: perSecond(compared.one, compared.other),
        },
        {
          what: 'the same, CPU of a request',
          value: compared.ratio('cpuUs'),
          atMost: 1.25,
          detail: cpu(compared.one, compared.other),
        },
      ]
    },
  },
  {
    name: 'one-connection',
    async measure(effort) {
      const compared = await compare({ one: [pipit, 'send'], other: [bare, 'send'], connections: 1 }, effort)
      return [{ what: 'the same with one connection, median latency', value: compared.ratio('p50Ms'), atMost: 1.05 }]
    },
  },
  {
    name: 'send-64k',
    async measure(effort) {
      const compared = await compare({ one: [pipit, 'send-64k'], other: [working, 'send-64k'] }, effort)
      return [
        {
          what: 'SendMessage 64 KB over bare with MD5 and JSON.parse, CPU',
          value: compared.ratio('cpuUs'),
          atMost: 1.4,
          detail: cpu(compared.one, compared.other),
        },
      ]
    },
  },
  {
    name: 'batch',
    async measure(effort) {
      const compared = await compare({ one: [pipit, 'batch'], other: [bare, 'batch'] }, effort)
      return [
        {
          what: 'SendMessageBatch of 10 over bare, requests/s',
          value: compared.ratio('opsPerSecond'),
          atLeast: 0.45,
          detail: perSecond(compared.one, compared.other),
        },
      ]
    },
  },
  own('fifo', 'FIFO SendMessage over standard', 'fifo', 'send', 0.8),
  own('query', 'SendMessage in query over JSON', 'send-query', 'send', 0.8),
  own('drain', 'received and deleted by tens over send, receive, delete by ones', 'drain', 'cycle', 5.5),
  {
    name: 'rules',
    async measure(effort) {
      const compared = await compare({ one: [withRules(100), 'send'], other: [pipit, 'send'] }, effort)
      return [
        {
          what: 'SendMessage with 100 faults that are not for it over none, ops/s',
          value: compared.ratio('opsPerSecond'),
          atLeast: 0.98,
          detail: perSecond(compared.one, compared.other),
        },
        {
          what: 'the same, CPU of a request',
          value: compared.ratio('cpuUs'),
          atMost: 1.02,
          detail: cpu(compared.one, compared.other),
        },
      ]
    },
  },
  {
    name: 'forward',
    async measure(effort) {
      const forward = await compare({ one: [passing('forward'), 'send'], other: [proxy, 'send'] }, effort)
      const record = await compare({ one: [passing('record'), 'send'], other: [passing('forward'), 'send'] }, effort)
      return [
        {
          what: 'SendMessage forwarded over a bare http-proxy, ops/s',
          value: forward.ratio('opsPerSecond'),
          atLeast: 0.9,
          detail: perSecond(forward.one, forward.other),
        },
        {
          what: 'the same, CPU of a request',
          value: forward.ratio('cpuUs'),
          atMost: 1.1,
          detail: cpu(forward.one, forward.other),
        },
        {
          what: 'recorded over forwarded, ops/s',
          value: record.ratio('opsPerSecond'),
          atLeast: 0.9,
          detail: perSecond(record.one, record.other),
        },
      ]
    },
  },
  {
    name: 'replay',
    async measure(effort) {
      const replay = replaying(await recordedTests())
      const compared = await compare({ one: [replay, 'tests'], other: [pipit, 'tests'] }, effort)
      return [
        {
          what: 'tests in sessions, replayed over the mock, calls/s',
          value: compared.ratio('opsPerSecond'),
          atLeast: 0.7,
          detail: perSecond(compared.one, compared.other),
        },
      ]
    },
  },
  {
    name: 'monitor',
    async measure(effort) {
      const over = (...flags: readonly string[]) =>
        compare({ one: [monitor(...flags), 'send'], other: [splice, 'send'] }, effort)
      const quiet = await over('--quiet')
      // No exchange has this number: all are found, none is told of.
      const finding = await over('--filter', 'id=0')
      return [
        {
          what: 'a forwarded port that nobody watches over a bare TCP splice, CPU',
          value: quiet.ratio('cpuUs'),
          atMost: 1.15,
          detail: cpu(quiet.one, quiet.other),
        },
        {
          what: 'the same, every request and answer found',
          value: finding.ratio('cpuUs'),
          atMost: 1.35,
          detail: cpu(finding.one, finding.other),
        },
      ]
    },
  },
  {
    name: 'backlog',
    async measure({ isSmoke = false }) {
      const scale = isSmoke ? 0.001 : 1
      const levels = [10_000, 100_000, 1_000_000].map((level) => level * scale)
      const [small, , large] = await calls(pipit, { of: 'messages', levels })
      const [few, many] = await calls(pipit, { of: 'queues', levels: [10, isSmoke ? 20 : 10_000] })
      if (small === undefined || large === undefined || few === undefined || many === undefined)
        throw new Error('a level is missing')
      const worst = (of: typeof small, than: typeof small): number =>
        Math.max(...Object.entries(of.p50Ms).map(([call, ms]) => ms / (than.p50Ms[call] ?? NaN)))
      const sizeBytes = (large.rssBytes - small.rssBytes) / (large.level - small.level)
      return [
        { what: 'the slowest call at 1M messages over the same at 10k', value: worst(large, small), atMost: 1.3 },
        { what: 'the slowest call with 10k queues over the same with 10', value: worst(many, few), atMost: 1.3 },
        { what: 'memory of a message of 100 B', value: sizeBytes, unit: 'B', atMost: 400 },
      ]
    },
  },
  {
    name: 'polls',
    async measure({ isSmoke = false }) {
      const idleMs = isSmoke ? 100 : 60_000
      const polled = { polls: isSmoke ? 20 : 500, idleMs, sends: isSmoke ? 5 : 50 }
      const { idleShare, bytesPerPoll, wakeP50Ms, sendP50Ms } = await polls(pipit, polled)
      return [
        { what: '500 idle long polls, CPU', value: idleShare * 100, unit: '%', atMost: 0.2 },
        { what: 'memory of one beside its connection', value: bytesPerPoll / 1024, unit: 'KB', atMost: 10 },
        { what: "a poll's wake over the send's own answer, median", value: wakeP50Ms / sendP50Ms, atMost: 1.1 },
      ]
    },
  },
  {
    name: 'start',
    async measure({ rounds, isSmoke = false }) {
      const ours: Awaited<ReturnType<typeof startup>>[] = []
      const bares: typeof ours = []
      for (let round = 0; round < (isSmoke ? 1 : rounds * 2); round++) {
        ours.push(await startup(plainStart))
        bares.push(await startup(bareStart))
      }
      const ratio = (of: 'firstCallMs' | 'rssBytes'): number =>
        median(ours.map((one) => one[of])) / median(bares.map((one) => one[of]))
      return [
        { what: 'start to first ListQueues over bare node:http', value: ratio('firstCallMs'), atMost: 2 },
        { what: 'idle memory over bare node:http', value: ratio('rssBytes'), atMost: 1.5 },
      ]
    },
  },
]

/** One workload of pipit's over another of its own. */
function own(name: string, what: string, one: WorkloadName, other: WorkloadName, atLeast: number): Goal {
  return {
    name,
    async measure(effort) {
      const compared = await compare({ one: [pipit, one], other: [pipit, other] }, effort)
      return [{ what, value: compared.ratio('opsPerSecond'), atLeast, detail: perSecond(compared.one, compared.other) }]
    },
  }
}

function perSecond(one: readonly LoadResult[], other: readonly LoadResult[]): string {
  const of = (results: readonly LoadResult[]): string =>
    Math.round(median(results.map((r) => r.opsPerSecond))).toString()
  return `${of(one)} / ${of(other)} per second`
}

function cpu(one: readonly LoadResult[], other: readonly LoadResult[]): string {
  const of = (results: readonly LoadResult[]): string => median(results.map((r) => r.cpuUs)).toFixed(1)
  return `${of(one)} / ${of(other)} us`
}
