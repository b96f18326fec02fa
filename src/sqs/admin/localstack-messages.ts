import * as v from 'valibot'
import { type AdminAnswer, type AdminRoute, adminRoute, type Ask, json } from '../../core/admin-route.ts'
import { PipitError } from '../../core/errors.ts'
import { header, type Result } from '../../core/exchange.ts'
import { awsJson } from '../../protocols/aws-json.ts'
import { awsQuery } from '../../protocols/aws-query.ts'
import { toElements } from '../../protocols/query-output.ts'
import { sqsError } from '../errors.ts'
import { messageViewOf, showMessage } from '../operations/message-view.ts'
import { parseJsonObject } from '../json-text.ts'
import { parseQueueUrl, regionOfUrl } from '../queue-url.ts'
import { sqsShapes } from '../shapes.ts'
import type { World } from '../world.ts'
import { type Place, queueNamed } from './queue-of.ts'
import type { AdminOptions } from './routes.ts'

const PATH = '/_aws/sqs/messages'
/** What LocalStack says instead of a handle: nothing was received. */
const HANDLE = 'SQS/BACKDOOR/ACCESS'
/** An answer is one text in memory. */
const MOST_MESSAGES = 10_000

const VIEW = messageViewOf({ AttributeNames: ['All'], MessageAttributeNames: ['All'] }, true)
const members = v.record(v.string(), v.string())
const query = awsQuery(sqsShapes)
const jsonProtocol = awsJson(sqsShapes)

/** LocalStack's way to look at messages: as ReceiveMessage answers, in XML, or in JSON where `Accept` asks for it. */
export function localstackRoutes(options: AdminOptions): readonly AdminRoute[] {
  const answers = { 200: 'all messages, as ReceiveMessage answers them', 400: 'there is no such queue' }
  return [
    adminRoute({
      method: 'GET',
      path: PATH,
      summary: "LocalStack's look at a queue's messages, by QueueUrl; with ShowInvisible and ShowDelayed at all",
      query: members,
      answers,
      produces: 'text/xml',
      answer: (ask) => byUrl(options, ask, ask.query),
    }),
    adminRoute({
      method: 'POST',
      path: PATH,
      summary: 'The same, for a ReceiveMessage call that an SDK sends here',
      query: members,
      answers,
      produces: 'text/xml',
      answer: (ask) => byUrl(options, ask, { ...ask.query, ...posted(ask) }),
    }),
    adminRoute({
      method: 'GET',
      path: `${PATH}/{region}/{account}/{queue}`,
      summary: 'The same, by region, account and name',
      query: members,
      answers,
      produces: 'text/xml',
      answer: (ask) => {
        const { region, account, queue = '' } = ask.parameters
        return look(options, ask, { name: queue, region, account }, ask.query)
      },
    }),
  ]
}

type Members = Readonly<Record<string, unknown>>

function posted({ request }: Ask): Members {
  const text = request.body.toString('utf8')
  return parseJsonObject(text) ?? Object.fromEntries(new URLSearchParams(text))
}

function byUrl(options: AdminOptions, ask: Ask, given: Members): AdminAnswer {
  const url = typeof given['QueueUrl'] === 'string' ? given['QueueUrl'] : ''
  const address = parseQueueUrl(url)
  const place = { region: regionOfUrl(url), account: address?.account }
  return look(options, ask, { name: address?.name ?? '', ...place }, given)
}

function look(options: AdminOptions, ask: Ask, named: Place & { name: string }, given: Members): AdminAnswer {
  const result = resultOf(options.worldOf(ask), named, options.region, given)
  const isJson = header(ask.request, 'x-amz-target') !== undefined
  const call = { operation: 'ReceiveMessage' }
  const requestId = 'localstack'
  if (isJson) return jsonProtocol.encodeResponse(call, result, requestId, ask.request)
  const isRead = header(ask.request, 'accept')?.includes('application/json') === true && result.kind === 'output'
  return isRead ? asXmlRead(result.output) : query.encodeResponse(call, result, requestId, ask.request)
}

/** LocalStack's JSON is its XML, read: what is there once is no list, and what is empty is null. */
function asXmlRead(output: Readonly<Record<string, unknown>>): AdminAnswer {
  const shape = sqsShapes.operations['ReceiveMessage']?.output
  if (shape === undefined) throw new TypeError('no ReceiveMessage to encode')
  const content = output['Messages'] === undefined ? null : unlisted(toElements(shape, output))
  return json(200, { ReceiveMessageResponse: { ReceiveMessageResult: content } })
}

function unlisted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? unlisted(value[0]) : value.map(unlisted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unlisted(each)]))
}

function resultOf(world: World, named: Place & { name: string }, region: string, given: Members): Result {
  try {
    const queue = queueNamed(world, named.name, named, region)
    const shown: object[] = []
    queue.desk.scan(0, Infinity, (message) => {
      if (message.state === 'taken' && !isOn(given['ShowInvisible'])) return true
      if (message.state === 'delayed' && !isOn(given['ShowDelayed'])) return true
      const delivered = { message, receiptHandle: HANDLE, receiveCount: message.receiveCount }
      return shown.push(showMessage(delivered, VIEW)) < MOST_MESSAGES
    })
    return { kind: 'output', output: shown.length === 0 ? {} : { Messages: shown } }
  } catch (error) {
    if (!(error instanceof PipitError)) throw error
    return { kind: 'error', error: { ...sqsError('QueueDoesNotExist').error, hint: error.message } }
  }
}

function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:1|true|yes|on)$/i.test(value))
}
