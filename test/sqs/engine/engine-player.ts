import { VirtualClock } from '../../../src/core/clock.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { Engine } from '../../../src/sqs/engine/engine.ts'
import type { Delivered } from '../../../src/sqs/engine/queue-calls.ts'
import type { Queue } from '../../../src/sqs/engine/queue.ts'
import type { ReceivePolicy } from '../../../src/sqs/engine/receive-policy.ts'
import type { HistorySettings, Player, Taken } from './history.ts'
import type { ModelDraft } from './model.ts'

/** Plays a history on the engine. */
export class EnginePlayer implements Player<string> {
  readonly clock = new VirtualClock()
  readonly engine = new Engine({ clock: this.clock, random: seededRandom(3) })
  readonly queues: readonly Queue[]
  readonly #bodyOfId = new Map<string, string>()
  readonly #policies: readonly ReceivePolicy[] | undefined

  constructor({ kind, delaySeconds, scope, redrives }: HistorySettings, policies?: readonly ReceivePolicy[]) {
    this.#policies = policies
    const key = (index: number) => ({ account: '000000000000', region: 'us-east-1', name: `q${index}` })
    const arn = (index: number): string => `arn:aws:sqs:us-east-1:000000000000:q${index}`
    this.queues = redrives.map(({ target, maxReceiveCount }, index) =>
      this.engine.create(key(index), {
        visibilityTimeoutSeconds: 30,
        delaySeconds,
        retentionSeconds: 600,
        ...(kind === 'fifo' ? { fifo: { deduplicationScope: scope } } : {}),
        ...(target === index ? {} : { redrive: { targetArn: arn(target), maxReceiveCount } }),
      }),
    )
  }

  send(queue: number, { body, groupId, deduplicationId, delaySeconds }: ModelDraft): string {
    const { messageId } = this.#at(queue).send({
      body,
      senderId: 'AIDA',
      deduplicationId,
      ...(groupId === undefined ? {} : { groupId }),
      ...(delaySeconds === undefined ? {} : { delaySeconds }),
    })
    const accepted = this.#bodyOfId.get(messageId) ?? body
    this.#bodyOfId.set(messageId, accepted)
    return accepted
  }

  receive(queue: number, max: number, seconds: number): readonly Taken<string>[] {
    const delivered = this.#at(queue).receive({ max, visibilityTimeoutSeconds: seconds, policies: this.#policies })
    return delivered === 'over-limit' ? [] : delivered.map(takenOf)
  }

  poll(queue: number, max: number, waitMs: number, done: (taken: readonly Taken<string>[]) => void): () => void {
    const request = { max, visibilityTimeoutSeconds: 5, policies: this.#policies }
    return this.#at(queue).poll(request, this.clock.nowMs() + waitMs, (delivered) => done(delivered.map(takenOf)))
  }

  delete(queue: number, handle: string): string {
    return this.#at(queue).delete(handle)
  }

  change(queue: number, handle: string, seconds: number): string {
    return this.#at(queue).changeVisibility(handle, seconds)
  }

  advance(seconds: number): void {
    this.clock.advance(seconds * 1000)
  }

  setRetention(queue: number, seconds: number): void {
    const at = this.#at(queue)
    at.configure({ ...at.settings, retentionSeconds: seconds })
  }

  purge(queue: number): void {
    this.#at(queue).purge()
  }

  counts(queue: number): string {
    const { visible, inFlight, delayed } = this.#at(queue).counts()
    return `${visible}/${inFlight}/${delayed}`
  }

  #at(queue: number): Queue {
    return this.queues[queue] as Queue
  }
}

function takenOf({ message, receiptHandle, receiveCount }: Delivered): Taken<string> {
  return { body: message.body, count: receiveCount, handle: receiptHandle }
}
