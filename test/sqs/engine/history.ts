import fc from 'fast-check'
import type { ModelDraft } from './model.ts'

/** What somebody does to one of the queues, as numbers that mean something only when it is done. */
export type Step = { readonly queue: number } & (
  | { readonly do: 'send'; readonly delay: number; readonly group: number; readonly deduplication: number }
  | { readonly do: 'receive'; readonly max: number; readonly seconds: number }
  | { readonly do: 'poll'; readonly max: number; readonly wait: number }
  | { readonly do: 'giveUp'; readonly pick: number }
  | { readonly do: 'delete'; readonly pick: number }
  | { readonly do: 'change'; readonly pick: number; readonly seconds: number }
  | { readonly do: 'advance'; readonly seconds: number }
  | { readonly do: 'retention'; readonly seconds: number }
  | { readonly do: 'purge' }
)

export interface HistorySettings {
  readonly kind: 'standard' | 'fifo'
  readonly delaySeconds: number
  readonly scope: 'queue' | 'messageGroup'
  /** Of each queue: which one takes its dead letters (an index; itself or none: nobody), and after how many receives. */
  readonly redrives: readonly { readonly target: number; readonly maxReceiveCount: number }[]
  readonly steps: readonly Step[]
}

const queue = fc.nat(2)
const pick = fc.nat(30)
const SECONDS = fc.constantFrom(0, 1, 2, 5, 5, 20, 300, 43_200)

function step(polls: boolean): fc.Arbitrary<Step> {
  const choices: { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('send' as const),
        queue,
        delay: fc.nat(3),
        group: fc.nat(3),
        deduplication: fc.nat(12),
      }),
    },
    {
      weight: 7,
      arbitrary: fc.record({
        do: fc.constant('receive' as const),
        queue,
        max: fc.integer({ min: 1, max: 4 }),
        seconds: fc.constantFrom(0, 1, 2, 5, 5, 30),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('delete' as const), queue, pick }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('change' as const), queue, pick, seconds: SECONDS }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('advance' as const), queue, seconds: SECONDS }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('retention' as const), queue, seconds: fc.constantFrom(60, 90, 600) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('purge' as const), queue }) },
  ]
  if (polls)
    choices.push(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('poll' as const),
          queue,
          max: fc.integer({ min: 1, max: 3 }),
          wait: fc.integer({ min: 1, max: 20 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('giveUp' as const), queue, pick }) },
    )
  return fc.oneof(...choices)
}

/** One queue, with long polls. */
export function singleQueue(kind: 'standard' | 'fifo'): fc.Arbitrary<HistorySettings> {
  return fc.record({
    kind: fc.constant(kind),
    delaySeconds: fc.constantFrom(0, 0, 2),
    scope: fc.constantFrom('queue' as const, 'messageGroup' as const),
    redrives: fc.constant([{ target: 0, maxReceiveCount: 1 }]),
    steps: fc.array(step(true), { minLength: 10, maxLength: 60 }),
  })
}

/** Two or three queues that redrive to each other: chains, circles, a common target. */
export function deadLetters(polls: boolean): fc.Arbitrary<HistorySettings> {
  return fc.record({
    kind: fc.constantFrom('standard' as const, 'fifo' as const),
    delaySeconds: fc.constantFrom(0, 0, 2),
    scope: fc.constant('queue' as const),
    redrives: fc.array(fc.record({ target: fc.nat(2), maxReceiveCount: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 2,
      maxLength: 3,
    }),
    steps: fc.array(step(polls), { minLength: 10, maxLength: 60 }),
  })
}

export interface Taken<Handle> {
  readonly body: string
  readonly count: number
  readonly handle: Handle
}

/** Somebody who plays a history: the engine, or the naive models. */
export interface Player<Handle> {
  send(queue: number, draft: ModelDraft): string
  receive(queue: number, max: number, seconds: number): readonly Taken<Handle>[]
  /** Answers how to give up. `done` is called once at most. */
  poll(queue: number, max: number, waitMs: number, done: (taken: readonly Taken<Handle>[]) => void): () => void
  delete(queue: number, handle: Handle): string
  change(queue: number, handle: Handle, seconds: number): string
  advance(seconds: number): void
  setRetention(queue: number, seconds: number): void
  purge(queue: number): void
  counts(queue: number): string
}

/** What the player answered to each step, then what each long poll ended with. */
export function play<Handle>({ kind, redrives, steps }: HistorySettings, player: Player<Handle>): string[] {
  const answers: string[] = []
  const handles: { readonly queue: number; readonly taken: Taken<Handle> }[] = []
  const polls: string[] = []
  const giveUps: (() => void)[] = []
  const note = (at: number, taken: readonly Taken<Handle>[]): string => {
    for (const each of taken) handles.push({ queue: at, taken: each })
    return `${at} gave ${taken.map(({ body, count }) => `${body}x${count}`).join(' ')}`
  }
  const withHandle = (at: number, act: (queue: number, handle: Handle) => string): string => {
    const known = handles[at]
    return known === undefined ? 'no handle' : `${known.taken.body}: ${act(known.queue, known.taken.handle)}`
  }
  const answer = (at: number, each: Step, index: number): string => {
    switch (each.do) {
      case 'send':
        return player.send(at, draftOf(each, kind, index))
      case 'receive':
        return note(at, player.receive(at, each.max, each.seconds))
      case 'poll': {
        const name = polls.push('waits') - 1
        giveUps.push(player.poll(at, each.max, each.wait * 1000 + 500, (taken) => (polls[name] = note(at, taken))))
        return 'polls'
      }
      case 'giveUp':
        giveUps[each.pick]?.()
        return 'gives up'
      case 'delete':
        return withHandle(each.pick, (of, handle) => `delete ${player.delete(of, handle)}`)
      case 'change':
        return withHandle(each.pick, (of, handle) => `change ${player.change(of, handle, each.seconds)}`)
      case 'advance':
        player.advance(each.seconds)
        return 'later'
      case 'retention':
        player.setRetention(at, each.seconds)
        return 'retention'
      case 'purge':
        player.purge(at)
        return 'purged'
    }
  }
  for (const [index, each] of steps.entries()) {
    answers.push(answer(each.queue % redrives.length, each, index))
    answers.push(redrives.map((_, at) => player.counts(at)).join(' '))
  }
  return [...answers, ...polls]
}

function draftOf(each: Step & { readonly do: 'send' }, kind: 'standard' | 'fifo', index: number): ModelDraft {
  const isStandard = kind === 'standard'
  return {
    body: `b${index}`,
    groupId: isStandard && each.group === 0 ? undefined : `g${each.group}`,
    deduplicationId: `d${each.deduplication}`,
    delaySeconds: isStandard && each.delay > 0 ? each.delay - 1 : undefined,
  }
}
