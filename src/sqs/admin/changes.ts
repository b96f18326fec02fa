import * as v from 'valibot'
import { type AdminRoute, adminRoute, json } from '../../core/admin-route.ts'
import { strictly } from '../../core/strictly.ts'
import { apiCall } from './api-call.ts'
import { DEFAULT_ACCOUNT, PLACE, queueOf } from './queue-of.ts'
import type { AdminOptions } from './routes.ts'

const QUEUES = '/_pipit/sqs/queues'
const MOST_SENT = 1000

const place = strictly(PLACE)
const texts = v.record(v.string(), v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String)))

const newQueue = strictly({ name: v.string('expected a name'), attributes: v.optional(texts, {}) })

/** A body that is not text is sent as JSON. */
const newMessage = strictly({
  body: v.pipe(
    v.unknown(),
    v.check((body) => body !== undefined, 'expected a body'),
    v.transform((body) => (typeof body === 'string' ? body : JSON.stringify(body))),
  ),
  attributes: v.optional(texts),
  delaySeconds: v.optional(v.number('expected seconds')),
  groupId: v.optional(v.string('expected text')),
  deduplicationId: v.optional(v.string('expected text')),
})

const newMessages = v.union([v.array(newMessage), newMessage], 'expected {"body": …}, or a list of them')

/** Queues made and deleted, messages sent and brought back, by the API's own rules. */
export function changeRoutes({ worldOf, region }: AdminOptions): readonly AdminRoute[] {
  return [
    adminRoute({
      method: 'POST',
      path: QUEUES,
      summary: 'A new queue, by the rules of CreateQueue',
      query: place,
      body: newQueue,
      answers: { 201: 'it is there' },
      answer: async (ask) => {
        const { name, attributes } = ask.body
        const where = { region: ask.query.region ?? region, account: ask.query.account ?? DEFAULT_ACCOUNT }
        const Attributes = { ...attributes, ...(name.endsWith('.fifo') && { FifoQueue: 'true' }) }
        const input = { QueueName: name, Attributes }
        return json(201, {
          name,
          ...where,
          ...(await apiCall(worldOf(ask), ask, { operation: 'CreateQueue', input, ...where })),
        })
      },
    }),
    adminRoute({
      method: 'DELETE',
      path: `${QUEUES}/{name}`,
      summary: 'Deletes a queue and what is in it',
      query: place,
      answers: { 204: 'it is gone', 404: 'there is no such queue', 409: 'there are several of this name' },
      answer: (ask) => {
        const world = worldOf(ask)
        world.remove(queueOf(world, ask, ask.query, region))
        return { status: 204, rawHeaders: [], body: '' }
      },
    }),
    adminRoute({
      method: 'POST',
      path: `${QUEUES}/{name}/messages`,
      summary: 'Sends one message or a list of them, by the rules of SendMessage',
      query: place,
      body: v.pipe(
        newMessages,
        v.transform((given) => (Array.isArray(given) ? given : [given])),
        v.maxLength(MOST_SENT, `expected at most ${MOST_SENT} messages`),
      ),
      answers: { 201: 'their ids', 404: 'there is no such queue', 409: 'there are several of this name' },
      answer: async (ask) => {
        const world = worldOf(ask)
        const { key } = queueOf(world, ask, ask.query, region)
        const sent: object[] = []
        for (const message of ask.body) {
          const input = inputOf(message)
          const where = { region: key.region, account: key.account, queueName: key.name }
          const { MessageId, SequenceNumber } = await apiCall(world, ask, { operation: 'SendMessage', input, ...where })
          sent.push({ messageId: MessageId, sequenceNumber: SequenceNumber })
        }
        return json(201, { queue: key.name, messages: sent })
      },
    }),
    adminRoute({
      method: 'POST',
      path: `${QUEUES}/{name}/redrive`,
      summary:
        'Moves the messages of a dead-letter queue back to where they came from, by the rules of StartMessageMoveTask',
      query: place,
      answers: { 202: 'it has begun', 404: 'there is no such queue', 409: 'there are several of this name' },
      answer: async (ask) => {
        const world = worldOf(ask)
        const { key, arn } = queueOf(world, ask, ask.query, region)
        const input = { SourceArn: arn }
        const where = { region: key.region, account: key.account }
        const { TaskHandle } = await apiCall(world, ask, { operation: 'StartMessageMoveTask', input, ...where })
        return json(202, { queue: key.name, taskHandle: TaskHandle })
      },
    }),
  ]
}

function inputOf(message: v.InferOutput<typeof newMessage>): Record<string, unknown> {
  const { body, attributes, delaySeconds, groupId, deduplicationId } = message
  const wire = Object.entries(attributes ?? {}).map(([name, StringValue]) => [
    name,
    { DataType: 'String', StringValue },
  ])
  return {
    MessageBody: body,
    ...(wire.length > 0 && { MessageAttributes: Object.fromEntries(wire) as object }),
    ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
  }
}
