import { percentDecoded } from '../core/percent.ts'
import { commaList } from './comma-list.ts'

/** A queue as the config declares it; what the attributes mean is the service's matter. */
export interface QueueEntry {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly dlq?: { readonly name: string; readonly maxReceiveCount: number }
}

export interface ShorthandMistake {
  /** The part of the text that is wrong. */
  readonly wrong: string
  readonly message: string
}

/** AWS's own limit of `maxReceiveCount`. */
export const MOST_RECEIVES = 1000

const EXAMPLE = 'orders, orders>orders-dlq:3 or events.fifo?ContentBasedDeduplication=true&VisibilityTimeout=5'

/**
 * `orders>orders-dlq:3,events.fifo?ContentBasedDeduplication=true&VisibilityTimeout=5`
 *
 *     queues    = queue *("," queue)                        spaces and line breaks around a queue do not count
 *     queue     = name [">" name ":" count] ["?" attribute *("&" attribute)]
 *     attribute = name "=" value                            a value is percent-decoded: `%2C` is a comma
 */
export function parseQueuesShorthand(text: string): readonly QueueEntry[] | ShorthandMistake {
  const queues: QueueEntry[] = []
  for (const entry of commaList(text)) {
    const queue = parseQueue(entry)
    if ('wrong' in queue) return queue
    if (queues.some(({ name }) => name === queue.name))
      return { wrong: entry, message: `the queue "${queue.name}" is declared twice` }
    queues.push(queue)
  }
  return queues
}

function parseQueue(entry: string): QueueEntry | ShorthandMistake {
  const questionAt = entry.indexOf('?')
  const head = questionAt < 0 ? entry : entry.slice(0, questionAt)
  const [name = '', redrive, ...more] = head.split('>').map((part) => part.trim())
  if (name === '' || more.length > 0) return { wrong: entry, message: `expected ${EXAMPLE}` }
  const attributes = questionAt < 0 ? {} : parseAttributes(entry.slice(questionAt + 1))
  if (attributes === undefined)
    return { wrong: entry, message: 'expected attributes like ?VisibilityTimeout=5&DelaySeconds=1, each once' }
  if (redrive === undefined) return { name, attributes }
  const [, dlqName = '', count = ''] = /^([^:]+):(\d{1,4})$/.exec(redrive) ?? []
  const maxReceiveCount = Number(count)
  if (maxReceiveCount < 1 || maxReceiveCount > MOST_RECEIVES)
    return {
      wrong: entry,
      message: `expected a dead-letter queue and a receive count of 1 to ${MOST_RECEIVES} like ${name}>${name}-dlq:3`,
    }
  return { name, attributes, dlq: { name: dlqName, maxReceiveCount } }
}

function parseAttributes(text: string): Record<string, string> | undefined {
  const attributes = new Map<string, string>()
  for (const pair of text.split('&')) {
    const equalsAt = pair.indexOf('=')
    const name = pair.slice(0, equalsAt).trim()
    const value = percentDecoded(pair.slice(equalsAt + 1))
    if (equalsAt < 0 || name === '' || value === undefined || attributes.has(name)) return undefined
    attributes.set(name, value)
  }
  return Object.fromEntries(attributes)
}
