import { printable } from '../log/printable.ts'
import { duration } from '../log/traffic-line.ts'

export interface ShownQueue {
  readonly name: string
  readonly arn: string
  readonly region: string
  readonly account: string
  readonly counts: { readonly visible: number; readonly inFlight: number; readonly delayed: number }
}

export interface ShownMessage {
  readonly messageId: string
  readonly state: string
  readonly timeLeftMs?: number
  readonly receiveCount: number
  readonly body: string
}

/** One line for each queue, in columns. */
export function queueLines(queues: readonly ShownQueue[]): string {
  if (queues.length === 0) return 'no queues'
  const width = Math.max(...queues.map(({ name }) => name.length))
  return queues
    .map(({ name, region, account, counts: { visible, inFlight, delayed } }) => {
      const numbers = `${visible} visible, ${inFlight} in flight, ${delayed} delayed`
      return `${name.padEnd(width)}  ${printable(region)} ${account}  ${numbers}`
    })
    .join('\n')
}

/** One line for each message: id, state with the time it has left, how often it was received, and how its body begins. */
export function messageLines(messages: readonly ShownMessage[]): string {
  if (messages.length === 0) return 'no messages'
  return messages
    .map(({ messageId, state, timeLeftMs, receiveCount, body }) => {
      const left = timeLeftMs === undefined ? '' : ` ${duration(timeLeftMs)}`
      return `${messageId}  ${`${state}${left}`.padEnd(16)}  x${receiveCount}  ${printable(body, 200)}`
    })
    .join('\n')
}
