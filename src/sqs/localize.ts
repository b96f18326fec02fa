import type { Call, Result } from '../core/exchange.ts'
import type { Ends } from '../core/service.ts'
import { queueUrlHere } from './queue-url.ts'
import { sqsShapes } from './shapes.ts'

/** CreateQueue and GetQueueUrl answer one; ListQueues and ListDeadLetterSourceQueues lists of them. */
const MEMBERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(sqsShapes.operations).flatMap(([operation, { output }]) => {
    const members = Object.entries(output.members).filter(
      ([name, shape]) => (shape.type === 'list' ? shape.queryName : name) === 'QueueUrl',
    )
    return members.length === 0 ? [] : [[operation, members.map(([name]) => name)] as const]
  }),
)

export const linking: readonly string[] = [...MEMBERS.keys()]

/** What another server answered, with the queue URLs that lead back here: the outputs' own, and those in error texts. */
export function localize(result: Result, { operation }: Call, ends: Ends): Result {
  if (result.kind === 'output') {
    const members = (MEMBERS.get(operation) ?? []).filter((name) => name in result.output)
    if (members.length === 0) return result
    const moved = members.map((name) => [name, moveAll(result.output[name], ends)] as const)
    return { kind: 'output', output: { ...result.output, ...Object.fromEntries(moved) } }
  }
  const { error } = result
  const { message, query } = error
  const moved = inText(message, ends)
  const movedQuery = query?.message === undefined ? query : { ...query, message: inText(query.message, ends) }
  if (moved === message && movedQuery?.message === query?.message) return result
  return { kind: 'error', error: { ...error, message: moved, ...(movedQuery !== undefined && { query: movedQuery }) } }
}

function moveAll(value: unknown, ends: Ends): unknown {
  if (typeof value === 'string') return queueUrlHere(value, ends)
  return Array.isArray(value) ? value.map((item) => moveAll(item, ends)) : value
}

/** `The address https://queue.amazonaws.com/ is not valid for this endpoint.` */
function inText(text: string, ends: Ends): string {
  return text.replace(/https?:\/\/[^\s"'<>]+/g, (url) => (isOf(url, ends.there) ? queueUrlHere(url, ends) : url))
}

/** An address of the other server, or one of those under which AWS knows SQS. */
function isOf(url: string, there: string): boolean {
  if (!URL.canParse(url)) return false
  const { host } = new URL(url)
  return (
    host === new URL(there).host || /^(?:(?:[a-z0-9-]+\.)?queue|sqs[a-z0-9.-]*)\.amazonaws\.com(?:\.cn)?$/.test(host)
  )
}
