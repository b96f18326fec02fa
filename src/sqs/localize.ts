import type { Call, Result } from '../core/exchange.ts'
import type { Places } from '../core/service.ts'
import { queueUrlHere } from './queue-url.ts'
import { sqsShapes } from './shapes.ts'

/** CreateQueue and GetQueueUrl answer one; ListQueues and ListDeadLetterSourceQueues lists of them. */
const MEMBERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(sqsShapes.operations).map(([operation, { output }]) => [
    operation,
    Object.entries(output.members)
      .filter(([name, shape]) => (shape.type === 'list' ? shape.queryName : name) === 'QueueUrl')
      .map(([name]) => name),
  ]),
)

/** What another server answered, with the queue URLs that lead back here: the outputs' own, and those in error texts. */
export function localize(result: Result, { operation }: Call, places: Places): Result {
  if (result.kind === 'output') {
    const members = (MEMBERS.get(operation) ?? []).filter((name) => name in result.output)
    if (members.length === 0) return result
    const moved = members.map((name) => [name, moveAll(result.output[name], places)] as const)
    return { kind: 'output', output: { ...result.output, ...Object.fromEntries(moved) } }
  }
  const { error } = result
  const { message, query } = error
  const moved = inText(message, places)
  const movedQuery = query?.message === undefined ? query : { ...query, message: inText(query.message, places) }
  if (moved === message && movedQuery?.message === query?.message) return result
  return { kind: 'error', error: { ...error, message: moved, ...(movedQuery !== undefined && { query: movedQuery }) } }
}

function moveAll(value: unknown, places: Places): unknown {
  if (typeof value === 'string') return queueUrlHere(value, places)
  return Array.isArray(value) ? value.map((item) => moveAll(item, places)) : value
}

/** `The address https://queue.amazonaws.com/ is not valid for this endpoint.` */
function inText(text: string, places: Places): string {
  return text.replace(/https?:\/\/[^\s"'<>]+/g, (url) => (isOf(url, places.there) ? queueUrlHere(url, places) : url))
}

/** An address of the other server, or one of those under which AWS knows SQS. */
function isOf(url: string, there: string): boolean {
  if (!URL.canParse(url)) return false
  const { host } = new URL(url)
  return (
    host === new URL(there).host || /^(?:(?:[a-z0-9-]+\.)?queue|sqs[a-z0-9.-]*)\.amazonaws\.com(?:\.cn)?$/.test(host)
  )
}
