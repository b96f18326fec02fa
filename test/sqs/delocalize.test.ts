import test from 'ava'
import { type Call, type HttpRequest, isDecodeFailure } from '../../src/core/exchange.ts'
import { delocalize } from '../../src/sqs/delocalize.ts'
import { sqs } from '../../src/sqs/service.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'

const THERE = 'https://sqs.eu-west-1.amazonaws.com'
const HERE = 'http://localhost:3000/s/blue/sqs/123456789012/orders'
const ORDERS = `${THERE}/123456789012/orders`
const [json, query] = sqs().protocols as readonly [Call['protocol'], Call['protocol']]

const withQueueUrl = Object.entries(sqsShapes.operations)
  .filter(([, { input }]) => 'QueueUrl' in input.members)
  .map(([name]) => name)

function jsonRequest(operation: string, body: string): HttpRequest {
  return {
    method: 'POST',
    target: '/',
    rawHeaders: ['X-Amz-Target', `AmazonSQS.${operation}`],
    body: Buffer.from(body),
  }
}

function form(body: string, target = '/'): HttpRequest {
  const rawHeaders = ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']
  return { method: 'POST', target, rawHeaders, body: Buffer.from(body) }
}

function moved(protocol: Call['protocol'], request: HttpRequest): HttpRequest {
  const call = protocol.decodeRequest(request, '')
  if (isDecodeFailure(call)) throw new Error(call.error.message)
  return delocalize(request, call, THERE)
}

test('seventeen operations take a queue URL, and each gets the one that the other server knows, in JSON', (t) => {
  t.is(withQueueUrl.length, 17)
  for (const operation of withQueueUrl) {
    const request = jsonRequest(operation, JSON.stringify({ First: 1, QueueUrl: HERE, Last: { QueueUrl: HERE } }))
    t.deepEqual(
      JSON.parse(moved(json, request).body.toString()),
      { First: 1, QueueUrl: ORDERS, Last: { QueueUrl: HERE } },
      operation,
    )
  }
})

test('and in the query protocol, in the form and in the URL', (t) => {
  for (const operation of withQueueUrl) {
    const parameters = `Action=${operation}&QueueUrl=${encodeURIComponent(HERE)}`
    const wanted = `Action=${operation}&QueueUrl=${encodeURIComponent(ORDERS)}`
    t.is(moved(query, form(parameters)).body.toString(), wanted)
    const get = { method: 'GET', target: `/?${parameters}`, rawHeaders: [], body: Buffer.alloc(0) }
    t.is(moved(query, get).target, `/?${wanted}`)
  }
})

test('the other operations stay as they are, whatever they are called with', (t) => {
  for (const operation of Object.keys(sqsShapes.operations).filter((name) => !withQueueUrl.includes(name))) {
    const request = jsonRequest(operation, JSON.stringify({ QueueUrl: HERE }))
    t.is(moved(json, request), request, operation)
  }
})

test('a message that speaks of the gateway is not touched', (t) => {
  const body = { QueueUrl: HERE, MessageBody: `see ${HERE} "\u00e9\u2028"`, Unknown: [1, null] }
  t.deepEqual(JSON.parse(moved(json, jsonRequest('SendMessage', JSON.stringify(body))).body.toString()), {
    ...body,
    QueueUrl: ORDERS,
  })
  const text = `MessageBody=${encodeURIComponent(HERE)}&Action=SendMessage&Version=2012-11-05`
  t.is(
    moved(query, form(`${text}&QueueUrl=${encodeURIComponent(HERE)}`)).body.toString(),
    `${text}&QueueUrl=${encodeURIComponent(ORDERS)}`,
  )
})

test('bytes that a form has not escaped arrive as they were sent', (t) => {
  const request = form(`Action=SendMessage&MessageBody=\u00e9\u20ac+x&Queue%55rl=${HERE}&flag`)
  t.is(
    moved(query, request).body.toString(),
    `Action=SendMessage&MessageBody=\u00e9\u20ac+x&QueueUrl=${encodeURIComponent(ORDERS)}&flag`,
  )
})

for (const [given, wanted] of [
  ['http://gateway:3000/123456789012/orders', ORDERS],
  ['http://localhost:3000/sqs/123456789012/orders', ORDERS],
  ['https://sqs.us-east-1.amazonaws.com/123456789012/orders', ORDERS],
  ['http://localhost:3000/sqs/queue/eu-west-1/123456789012/orders', `${THERE}/queue/eu-west-1/123456789012/orders`],
  ['http://localhost:3000/sqs/orders', `${THERE}/orders`],
  ['orders', 'orders'],
  ['/123456789012/orders', '/123456789012/orders'],
  ['', ''],
] as const) {
  test(`the queue URL '${given}' goes on as '${wanted}'`, (t) => {
    const request = jsonRequest('PurgeQueue', JSON.stringify({ QueueUrl: given }))
    t.deepEqual(JSON.parse(moved(json, request).body.toString()), { QueueUrl: wanted })
  })
}

test('what is no text is for the other server to refuse', (t) => {
  for (const body of ['{}', '{"QueueUrl":null}', '']) {
    const request = jsonRequest('PurgeQueue', body)
    t.is(moved(json, request).body.toString(), body)
  }
  const call = { protocol: query, operation: 'PurgeQueue', input: { QueueUrl: 'x' }, path: '/' }
  const broken = 'Action=PurgeQueue&QueueUrl=%zz'
  t.is(delocalize(form(broken), call, THERE).body.toString(), broken)
})
