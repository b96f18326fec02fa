import type { Random } from '../../core/random.ts'
import type { Engine } from './engine.ts'
import type { Message } from './message.ts'
import type { Queue } from './queue.ts'

/** `destination-gone`: also of one message's own source. `no-source`: a message that nobody redrove has none. */
export type MoveFailure = 'destination-gone' | 'no-source' | 'too-long'

export interface MoveTask {
  readonly taskId: string
  readonly sourceArn: string
  /** Absent: every message goes back to the queue that it was redriven from. */
  readonly destinationArn: string | undefined
  readonly maxPerSecond: number | undefined
  readonly startedAtMs: number
  /** As counted at the start. */
  readonly toMove: number
  readonly moved: number
  readonly status: 'running' | 'completed' | 'cancelled' | 'failed'
  readonly failure: MoveFailure | undefined
}

export interface MoveOrder {
  readonly source: Queue
  /** Of the same kind as the source. */
  readonly destination?: Queue | undefined
  /** Absent: as fast as is good for everybody else. */
  readonly maxPerSecond?: number | undefined
  /** It has ended, however. */
  readonly onEnd?: () => void
}

/** AWS's quota, per account and region. */
const MOST_RUNNING = 100
/** AWS answers ten at most, so older ones would never be seen. */
const MOST_FINISHED = 10
const LONGEST_MS = 36 * 3_600_000
/** A turn of a thousand takes a few milliseconds: a million messages move in the background. */
const TURN_MESSAGES = 1000
const TURN_MS = 20

/**
 * Moves messages out of dead-letter queues, in turns, on the clock:
 *
 *     start ──► running ── turn, turn, turn … ──► completed | failed
 *                  └── cancel ──► cancelled
 *
 * A task moves as many messages as were visible when it started, and ends early when there are no more. What is in
 * flight stays; what comes meanwhile too, or a queue whose messages fail at once would be moved in circles for 36 hours.
 */
export class MoveTasks {
  readonly #engine: Engine
  readonly #random: Random
  /** By source, newest first. */
  readonly #tasks = new Map<string, RunningTask[]>()

  constructor(engine: Engine, random: Random) {
    this.#engine = engine
    this.#random = random
  }

  /** One at a time for each source. */
  start(order: MoveOrder): MoveTask | 'already-running' | 'too-many' {
    const { source, destination } = order
    if (destination !== undefined && destination.isFifo !== source.isFifo)
      throw new Error('messages move between queues of the same kind')
    const tasks = this.#tasks.get(source.arn) ?? []
    if (tasks[0]?.status === 'running') return 'already-running'
    if (this.#countRunning(source) >= MOST_RUNNING) return 'too-many'
    const task = new RunningTask(this.#engine, this.#random.uuid(), order)
    this.#tasks.set(source.arn, [task, ...tasks].slice(0, MOST_FINISHED + 1))
    return task
  }

  /** Newest first: the running one, if any, and the last ten that have ended. */
  list(sourceArn: string): readonly MoveTask[] {
    const tasks = this.#tasks.get(sourceArn) ?? []
    return tasks.slice(0, tasks[0]?.status === 'running' ? MOST_FINISHED + 1 : MOST_FINISHED)
  }

  /** What has moved stays moved. `undefined`: there is no such task. One that has ended stays as it ended. */
  cancel(sourceArn: string, taskId: string): MoveTask | undefined {
    const task = this.#tasks.get(sourceArn)?.find((each) => each.taskId === taskId)
    task?.end('cancelled')
    return task
  }

  /** Their source is deleted. */
  forget(sourceArn: string): void {
    for (const task of this.#tasks.get(sourceArn) ?? []) task.end('cancelled')
    this.#tasks.delete(sourceArn)
  }

  /** As if none had ever been. */
  clear(): void {
    this.close()
    this.#tasks.clear()
  }

  close(): void {
    for (const tasks of this.#tasks.values()) tasks[0]?.end('cancelled')
  }

  #countRunning({ key: { account, region } }: Queue): number {
    let running = 0
    for (const [task] of this.#tasks.values())
      if (task?.status === 'running' && task.source.key.account === account && task.source.key.region === region)
        running++
    return running
  }
}

class RunningTask implements MoveTask {
  readonly taskId: string
  readonly source: Queue
  readonly destinationArn: string | undefined
  readonly maxPerSecond: number | undefined
  readonly startedAtMs: number
  readonly toMove: number
  moved = 0
  status: MoveTask['status'] = 'running'
  failure: MoveFailure | undefined = undefined
  readonly #engine: Engine
  readonly #onEnd: () => void
  #cancelTurn: () => void = () => {}

  constructor(engine: Engine, taskId: string, { source, destination, maxPerSecond, onEnd }: MoveOrder) {
    this.#engine = engine
    this.taskId = taskId
    this.source = source
    this.destinationArn = destination?.arn
    this.maxPerSecond = maxPerSecond
    this.#onEnd = onEnd ?? (() => {})
    this.startedAtMs = engine.clock.nowMs()
    this.toMove = source.counts().visible
    this.#planTurn()
  }

  get sourceArn(): string {
    return this.source.arn
  }

  end(status: 'completed' | 'cancelled' | 'failed', failure?: MoveFailure): void {
    if (this.status !== 'running') return
    this.#cancelTurn()
    this.status = status
    this.failure = failure
    this.#onEnd()
  }

  #planTurn(): void {
    const soonestMs = this.#engine.clock.nowMs() + TURN_MS
    const nextAllowedMs =
      this.maxPerSecond === undefined
        ? soonestMs
        : this.startedAtMs + Math.ceil(((this.moved + 1) * 1000) / this.maxPerSecond)
    this.#cancelTurn = this.#engine.clock.schedule(Math.max(soonestMs, nextAllowedMs), () => this.#turn())
  }

  #turn(): void {
    const elapsedMs = this.#engine.clock.nowMs() - this.startedAtMs
    if (elapsedMs >= LONGEST_MS) return this.end('failed', 'too-long')
    if (this.destinationArn !== undefined && this.#engine.findByArn(this.destinationArn) === undefined)
      return this.end('failed', 'destination-gone')
    const allowed =
      this.maxPerSecond === undefined ? Infinity : Math.floor((elapsedMs * this.maxPerSecond) / 1000) - this.moved
    const wanted = Math.min(TURN_MESSAGES, allowed, this.toMove - this.moved)
    let failure: MoveFailure | undefined
    const moved = this.source.move(wanted, (message) => {
      const destination = this.#destinationOf(message)
      if (typeof destination !== 'string') return destination
      failure = destination
      return undefined
    })
    this.moved += moved
    if (failure !== undefined) this.end('failed', failure)
    else if (moved < wanted || this.moved >= this.toMove) this.end('completed')
    else this.#planTurn()
  }

  #destinationOf(message: Message): Queue | MoveFailure {
    const arn = this.destinationArn ?? message.deadLetterSourceArn
    return arn === undefined ? 'no-source' : (this.#engine.findByArn(arn) ?? 'destination-gone')
  }
}
