// Of "the forty details that mocks get wrong", those that show on the wire. Each test is named after its row.
import { EventEmitter, once } from 'node:events'
import net from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { loadConfig } from '../../../src/config.ts'
import type { Service } from '../../../src/core/service.ts'
import { createGateway, type Gateway } from '../../../src/gateway.ts'
import { sqs } from '../../../src/sqs/service.ts'

type Headers = Readonly<Record<string, string>>

const { config } = loadConfig({ flags: { port: '0' }, env: {}, cwd: import.meta.dirname })
/** Emits `waits` when a long poll waits, and `left` when the gateway has noticed that its client went away. */
const polls = new EventEmitter()
const service = sqs()
const observed: Service = {
  ...service,
  mock(environment) {
    const mock = service.mock(environment)
    return {
      close: () => mock.close(),
      call(call, exchange) {
        const result = mock.call(call, exchange)
        if (result instanceof Promise) {
          exchange.signal.addEventListener('abort', () => polls.emit('left'))
          polls.emit('waits')
        }
        return result
      },
    }
  },
}
const gateway: Gateway = createGateway({ config, services: [observed] })
let queues = 0

test.before(() => gateway.start())
test.after.always(() => gateway.close())

function json(operation: string, input: object, path = '/', headers: Headers = {}): Promise<Response> {
  const types = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` }
  return fetch(gateway.url + path, { method: 'POST', headers: { ...types, ...headers }, body: JSON.stringify(input) })
}

function form(parameters: Headers, path = '/'): Promise<Response> {
  return fetch(gateway.url + path, { method: 'POST', body: new URLSearchParams(parameters) })
}

async function queue(attributes: Headers = {}): Promise<string> {
  const answer = await json('CreateQueue', { QueueName: `wire-${++queues}`, Attributes: attributes })
  return ((await answer.json()) as { QueueUrl: string }).QueueUrl
}

async function body(answer: Promise<Response>): Promise<Record<string, unknown>> {
  return (await (await answer).json()) as Record<string, unknown>
}

/** A request with a Host of its own, which fetch does not let through. */
async function withHost(host: string, operation: string, input: object): Promise<string> {
  const text = JSON.stringify(input)
  const socket = net.connect(gateway.addresses[0]?.port ?? 0, '127.0.0.1')
  socket.write(
    `POST /sqs/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nX-Amz-Target: AmazonSQS.${operation}\r\n` +
      `Content-Type: application/x-amz-json-1.0\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
  )
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

async function waiting(t: ExecutionContext, url: string): Promise<net.Socket> {
  const text = JSON.stringify({ QueueUrl: url, WaitTimeSeconds: 20 })
  const socket = net.connect(gateway.addresses[0]?.port ?? 0, '127.0.0.1')
  t.teardown(() => socket.destroy())
  const waits = once(polls, 'waits')
  socket.write(
    'POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AmazonSQS.ReceiveMessage\r\n' +
      `Content-Type: application/x-amz-json-1.0\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
  )
  await waits
  return socket
}

test('1: a QueueUrl carries the host, port and prefix that the client used', async (t) => {
  await json('CreateQueue', { QueueName: 'hosted' })
  for (const host of ['pipit:3000', 'localhost:49999', '[::1]:80'])
    for (const [operation, input] of [
      ['GetQueueUrl', { QueueName: 'hosted' }],
      ['CreateQueue', { QueueName: 'hosted' }],
      ['ListQueues', { QueueNamePrefix: 'hosted' }],
    ] as const)
      t.true((await withHost(host, operation, input)).includes(`"http://${host}/sqs/000000000000/hosted"`), host)
})

test('2: JSON and query are spoken on one endpoint, and mean the same queue', async (t) => {
  const QueueUrl = await queue()
  const { MessageId } = await body(json('SendMessage', { QueueUrl, MessageBody: 'both' }))
  const xml = await (await form({ Action: 'ReceiveMessage', QueueUrl })).text()
  t.true(xml.includes(`<MessageId>${String(MessageId)}</MessageId>`) && xml.includes('<Body>both</Body>'))
})

test('3: a JSON request may be sent to the path of a queue; its body says which queue counts', async (t) => {
  const [one, other] = [await queue(), await queue()]
  await json('SendMessage', { QueueUrl: other, MessageBody: 'x' }, new URL(one).pathname)
  t.is((await body(json('ReceiveMessage', { QueueUrl: one })))['Messages'], undefined)
  t.is(((await body(json('ReceiveMessage', { QueueUrl: other })))['Messages'] as unknown[]).length, 1)
})

test('4: x-amzn-query-error carries the code and the fault', async (t) => {
  const missing = await json('GetQueueUrl', { QueueName: 'nowhere' })
  t.is(missing.headers.get('x-amzn-query-error'), 'AWS.SimpleQueueService.NonExistentQueue;Sender')
  const wrong = await json('ReceiveMessage', { QueueUrl: await queue(), MaxNumberOfMessages: 11 })
  t.is(wrong.headers.get('x-amzn-query-error'), 'InvalidParameterValue;Sender')
})

test('5: __type is the shape, which is not the code', async (t) => {
  const type = async (answer: Promise<Response>): Promise<unknown> => (await body(answer))['__type']
  t.is(await type(json('GetQueueUrl', { QueueName: 'nowhere' })), 'com.amazonaws.sqs#QueueDoesNotExist')
  const QueueUrl = await queue()
  const tooMany = json('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 11 })
  t.is(await type(tooMany), 'com.amazon.coral.service#InvalidParameterValueException')
  const empty = json('SendMessage', { QueueUrl, MessageBody: '' })
  t.is(await type(empty), 'com.amazon.coral.service#MissingRequiredParameterException')
  await json('CreateQueue', { QueueName: 'named' })
  const again = json('CreateQueue', { QueueName: 'named', Attributes: { DelaySeconds: '5' } })
  t.is(await type(again), 'com.amazonaws.sqs#QueueNameExists')
})

test('6: what is empty is absent', async (t) => {
  const QueueUrl = await queue()
  t.deepEqual(await body(json('ReceiveMessage', { QueueUrl })), {})
  t.deepEqual(await body(json('ListQueues', { QueueNamePrefix: 'nothing-begins-so' })), {})
  t.deepEqual(await body(json('ListQueueTags', { QueueUrl })), {})
  t.deepEqual(await body(json('GetQueueAttributes', { QueueUrl })), {})
  await json('SendMessage', { QueueUrl, MessageBody: 'x' })
  const { Messages } = await body(json('ReceiveMessage', { QueueUrl, MessageAttributeNames: ['All'] }))
  t.deepEqual(Object.keys((Messages as object[])[0] ?? {}).toSorted(), [
    'Body',
    'MD5OfBody',
    'MessageId',
    'ReceiptHandle',
  ])
})

test('11: XML escapes quotes and carriage returns, so that the MD5 still fits', async (t) => {
  const QueueUrl = await queue()
  await json('SendMessage', { QueueUrl, MessageBody: 'say "a"\r\n<b>&' })
  const xml = await (await form({ Action: 'ReceiveMessage', QueueUrl })).text()
  t.true(xml.includes('<Body>say &quot;a&quot;&#xD;\n&lt;b&gt;&amp;</Body>'), xml)
})

test('12: SendMessage takes AWSTraceHeader from X-Amzn-Trace-Id', async (t) => {
  const QueueUrl = await queue()
  const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793'
  await json('SendMessage', { QueueUrl, MessageBody: 'x' }, '/', { 'x-amzn-trace-id': trace })
  const { Messages } = await body(json('ReceiveMessage', { QueueUrl, MessageSystemAttributeNames: ['AWSTraceHeader'] }))
  t.deepEqual((Messages as { Attributes: object }[])[0]?.Attributes, { AWSTraceHeader: trace })
})

test.serial('21: a closed socket swallows no message', async (t) => {
  const QueueUrl = await queue({ VisibilityTimeout: '600' })
  const socket = await waiting(t, QueueUrl)
  const left = once(polls, 'left')
  socket.destroy()
  await left
  await json('SendMessage', { QueueUrl, MessageBody: 'for somebody who is there' })
  const { Messages } = await body(json('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 1 }))
  t.is((Messages as unknown[] | undefined)?.length, 1)
})

test.serial('22: deleting a queue ends its long polls', async (t) => {
  const QueueUrl = await queue()
  const socket = await waiting(t, QueueUrl)
  await json('DeleteQueue', { QueueUrl })
  const [answer] = (await once(socket, 'data')) as [Buffer]
  t.regex(String(answer), /^HTTP\/1\.1 200 /)
})

test('runner-up: void operations send an empty body of the JSON type', async (t) => {
  const QueueUrl = await queue()
  for (const [operation, input] of [
    ['TagQueue', { Tags: { a: 'b' } }],
    ['SetQueueAttributes', { Attributes: { DelaySeconds: '0' } }],
    ['PurgeQueue', {}],
    ['DeleteQueue', {}],
  ] as const) {
    const answer = await json(operation, { QueueUrl, ...input })
    t.is(answer.status, 200)
    t.is(answer.headers.get('content-type'), 'application/x-amz-json-1.0')
    t.is(await answer.text(), '', operation)
  }
})

test('runner-up: an unknown action is a 400 in both protocols', async (t) => {
  t.is((await json('Nonsense', {})).status, 400)
  const query = await form({ Action: 'Nonsense' })
  t.is(query.status, 400)
  t.regex(
    await query.text(),
    /<Code>InvalidAction<\/Code><Message>The action Nonsense is not valid for this endpoint\./,
  )
})

test('runner-up: a GET on a queue URL without an action is answered as AWS does', async (t) => {
  const answer = await fetch(await queue())
  t.is(answer.status, 404)
  t.is(await answer.text(), '<UnknownOperationException/>')
})

test('runner-up: regions are apart, and a bare name is a QueueUrl', async (t) => {
  const signed = (region: string): Headers => ({
    authorization: `AWS4-HMAC-SHA256 Credential=any/20260101/${region}/sqs/aws4_request, SignedHeaders=host, Signature=0`,
  })
  await json('CreateQueue', { QueueName: 'apart' }, '/', signed('eu-west-1'))
  const sent = await json('SendMessage', { QueueUrl: 'apart', MessageBody: 'x' }, '/', signed('eu-west-1'))
  t.is(sent.status, 200)
  const elsewhere = await json('GetQueueUrl', { QueueName: 'apart' }, '/', signed('eu-west-2'))
  t.is(elsewhere.status, 400)
  t.regex(elsewhere.headers.get('x-pipit-hint') ?? '', /eu-west-1/)
})
