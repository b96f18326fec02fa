import { join } from 'node:path'
import type { CallsOrder, CallsResult } from './calls.ts'
import type { LoadOrder, LoadResult } from './load.ts'
import type { PollsOrder, PollsResult } from './polls.ts'
import { onLoadCore, rssBytes, start, type Subject } from './process.ts'
import type { WorkloadName } from './workloads.ts'

const here = import.meta.dirname

/** How long and how often: the ratios steady with both. */
export interface Effort {
  readonly rounds: number
  readonly seconds: number
  /** Does everything run? The figures say nothing. */
  readonly isSmoke?: boolean
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2
}

/** One run with a fresh server. */
export async function load(
  subject: Subject,
  workload: WorkloadName,
  connections: number,
  { seconds, isSmoke = false }: Effort,
): Promise<LoadResult> {
  const { port, pid, stop } = await start(subject)
  try {
    const isSqs = subject.isBare !== true
    const warmMs = isSmoke ? 0 : 1000
    const order: LoadOrder = { port, pid, isSqs, workload, connections, warmMs, measureMs: seconds * 1000 }
    return await onLoadCore<LoadResult>(join(here, 'load.js'), order)
  } finally {
    await stop()
  }
}

/** Two subjects, each with its own workload, in turn: what disturbs a round disturbs both. */
export interface Pair {
  readonly one: readonly [Subject, WorkloadName]
  readonly other: readonly [Subject, WorkloadName]
  readonly connections?: number
}

export interface Compared {
  readonly one: readonly LoadResult[]
  readonly other: readonly LoadResult[]
  /** The median over the rounds of one's figure over the other's. */
  ratio(of: keyof LoadResult): number
}

export async function compare({ one, other, connections = 16 }: Pair, effort: Effort): Promise<Compared> {
  const ones: LoadResult[] = []
  const others: LoadResult[] = []
  for (let round = 0; round < effort.rounds; round++) {
    ones.push(await load(...one, connections, effort))
    others.push(await load(...other, connections, effort))
  }
  return {
    one: ones,
    other: others,
    ratio: (of) => median(ones.map((result, round) => result[of] / (others[round] as LoadResult)[of])),
  }
}

/** Single calls against how much there is: `messages` in one queue, or queues. */
export async function calls(subject: Subject, order: Omit<CallsOrder, 'port' | 'pid'>): Promise<CallsResult> {
  const { port, pid, stop } = await start(subject)
  try {
    return await onLoadCore<CallsResult>(join(here, 'calls.js'), { ...order, port, pid } satisfies CallsOrder)
  } finally {
    await stop()
  }
}

export async function polls(subject: Subject, order: Omit<PollsOrder, 'port' | 'pid'>): Promise<PollsResult> {
  const { port, pid, stop } = await start(subject)
  try {
    return await onLoadCore<PollsResult>(join(here, 'polls.js'), { ...order, port, pid } satisfies PollsOrder)
  } finally {
    await stop()
  }
}

/** From spawn to the first answer, and what it weighs then. */
export async function startup(subject: Subject): Promise<{ readonly firstCallMs: number; readonly rssBytes: number }> {
  const startedMs = performance.now()
  const { port, pid, stop } = await start(subject)
  try {
    const headers = { 'X-Amz-Target': 'AmazonSQS.ListQueues', 'Content-Type': 'application/x-amz-json-1.0' }
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: '{}' })
    await answer.arrayBuffer()
    const firstCallMs = performance.now() - startedMs
    await new Promise((resolve) => setTimeout(resolve, 700))
    return { firstCallMs, rssBytes: rssBytes(pid) }
  } finally {
    await stop()
  }
}
