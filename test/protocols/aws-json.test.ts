import test from 'ava'
import fc from 'fast-check'
import { awsJson } from '../../src/protocols/aws-json.ts'
import { sqsError } from '../../src/sqs/errors.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'
import { asJson, decoded, headersOf, inputOf, json, plain, refused, request } from './requests.ts'

const protocol = awsJson(sqsShapes)

test('a call is decoded from its target header and body', (t) => {
  const call = decoded(
    protocol.decodeRequest(json('SendMessage', '{"QueueUrl":"http://h/0/q","MessageBody":"hi","DelaySeconds":3}'), ''),
  )
  t.is(call.operation, 'SendMessage')
  t.is(call.path, '/')
  t.is(call.protocol, protocol)
  t.deepEqual(call.input, { QueueUrl: 'http://h/0/q', MessageBody: 'hi', DelaySeconds: 3 })
})

test("a call on a queue's own path keeps the path below the mount", (t) => {
  const call = decoded(protocol.decodeRequest(json('ReceiveMessage', '{}', '/sqs/000000000000/orders?x=1'), '/sqs'))
  t.is(call.path, '/000000000000/orders')
})

test('an empty body is an empty input', (t) => {
  t.deepEqual(decoded(protocol.decodeRequest(json('ListQueues', ''), '')).input, {})
})

for (const { title, headers, claimed } of [
  { title: 'the target header', headers: ['X-Amz-Target', 'AmazonSQS.SendMessage'], claimed: true },
  { title: 'the target header in other letters', headers: ['x-AMZ-target', 'AmazonSQS.Nope'], claimed: true },
  { title: "another service's target", headers: ['X-Amz-Target', 'AmazonSNS.Publish'], claimed: false },
  { title: 'a prefix without its dot', headers: ['X-Amz-Target', 'AmazonSQSSendMessage'], claimed: false },
  { title: 'no target', headers: ['Content-Type', 'application/x-amz-json-1.0'], claimed: false },
])
  test(`${title} is ${claimed ? '' : 'not '}claimed`, (t) => {
    t.is(protocol.claims(request({ rawHeaders: headers })), claimed)
  })

for (const [title, body, message] of [
  ['broken JSON', '{"QueueUrl":', /not valid JSON/],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), /not valid UTF-8/],
  ['a list', '[]', /not a JSON object/],
  ['a string', '"x"', /not a JSON object/],
  ['null', 'null', /not a JSON object/],
  ['a million brackets', '['.repeat(1_000_000), /not valid JSON/],
  ['a number for a string', '{"QueueUrl":7}', /^NUMBER_VALUE cannot be converted to String: QueueUrl$/],
] as const)
  test(`${title} is a SerializationException`, (t) => {
    const error = refused(protocol.decodeRequest(json('SendMessage', body), ''))
    t.is(error.shape, 'com.amazon.coral.service#SerializationException')
    t.is(error.status, 400)
    t.regex(error.message, message)
  })

for (const operation of ['Nope', '', 'constructor', '__proto__'])
  test(`the operation '${operation}' is an UnknownOperationException`, (t) => {
    const error = refused(protocol.decodeRequest(json(operation, '{}'), ''))
    t.is(error.shape, 'com.amazon.coral.service#UnknownOperationException')
    t.is(error.status, 400)
  })

test('an output is a 200 with the request id and the bare content type', (t) => {
  const output = { MessageId: 'm', MD5OfMessageBody: 'd', SequenceNumber: undefined }
  t.deepEqual(protocol.encodeResponse({ operation: 'SendMessage' }, { kind: 'output', output }, 'r', request()), {
    status: 200,
    rawHeaders: ['x-amzn-RequestId', 'r', 'Content-Type', 'application/x-amz-json-1.0'],
    body: '{"MessageId":"m","MD5OfMessageBody":"d"}',
  })
})

test('an operation that answers nothing has an empty body, one with nothing to answer has an empty object', (t) => {
  const bodyOf = (operation: string): unknown =>
    protocol.encodeResponse({ operation }, { kind: 'output', output: {} }, 'r', request()).body
  t.is(bodyOf('DeleteMessage'), '')
  t.is(bodyOf('ReceiveMessage'), '{}')
})

test('blobs are written as base64, wherever they are', (t) => {
  const attributes = { b: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) }, s: { DataType: 'String' } }
  const output = { Messages: [{ Body: 'x', MessageAttributes: attributes }, { Body: 'y' }] }
  const response = protocol.encodeResponse({ operation: 'ReceiveMessage' }, { kind: 'output', output }, 'r', request())
  t.deepEqual(JSON.parse(String(response.body)), {
    Messages: [
      { Body: 'x', MessageAttributes: { b: { DataType: 'Binary', BinaryValue: 'AP8=' }, s: { DataType: 'String' } } },
      { Body: 'y' },
    ],
  })
  t.true(Buffer.isBuffer(attributes.b.BinaryValue), 'the output itself is left alone')
})

test('an error carries shape, text, code and fault', (t) => {
  const { error } = sqsError('QueueDoesNotExist')
  const response = protocol.encodeResponse({ operation: 'SendMessage' }, { kind: 'error', error }, 'r', request())
  t.deepEqual(response, {
    status: 400,
    rawHeaders: [
      'x-amzn-RequestId',
      'r',
      'x-amzn-query-error',
      'AWS.SimpleQueueService.NonExistentQueue;Sender',
      'Content-Type',
      'application/x-amz-json-1.0',
    ],
    body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}',
  })
})

test('an error that the service does not model keeps its own namespace', (t) => {
  const { error } = sqsError('InvalidParameterValueException', 'Bad.')
  const response = protocol.encodeResponse({ operation: 'SendMessage' }, { kind: 'error', error }, 'r', request())
  t.is(response.body, '{"__type":"com.amazon.coral.service#InvalidParameterValueException","message":"Bad."}')
  t.is(headersOf(response)['x-amzn-query-error'], 'InvalidParameterValue;Sender')
})

for (const [operation, { input }] of Object.entries(sqsShapes.operations))
  test(`any input of ${operation} is decoded as it was`, (t) => {
    fc.assert(
      fc.property(inputOf(input), (value) => {
        const call = decoded(protocol.decodeRequest(json(operation, JSON.stringify(asJson(input, value))), ''))
        t.deepEqual(plain(call.input), plain(value))
      }),
      { numRuns: 30, seed: 1 },
    )
  })

test('garbage is refused, never thrown on', (t) => {
  const operation = fc.constantFrom(...Object.keys(sqsShapes.operations))
  const names = ['QueueUrl', 'Entries', 'Attributes', 'MessageAttributes', 'AttributeNames', '__proto__', 'Id']
  const members = fc.dictionary(fc.constantFrom(...names), fc.jsonValue())
  const body = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    members.map((value) => Buffer.from(JSON.stringify(value))),
  )
  fc.assert(
    fc.property(operation, body, (name, bytes) => {
      const call = protocol.decodeRequest(json(name, bytes), '')
      if ('error' in call) t.is(call.error.code, 'SerializationException')
      else t.is(call.operation, name)
    }),
    { numRuns: 500, seed: 1 },
  )
})

for (const [operation, { input }] of Object.entries(sqsShapes.operations))
  test(`any input of ${operation}, put into a request, is read from it again`, (t) => {
    fc.assert(
      fc.property(inputOf(input), (value) => {
        const like = json(operation, '{"MessageBody":"old"}', '/sqs/0/q')
        const made = protocol.encodeRequest({ operation, input: value as Record<string, unknown> }, like)
        t.deepEqual(made.rawHeaders, like.rawHeaders)
        t.deepEqual(plain(decoded(protocol.decodeRequest(made, '')).input), plain(value))
      }),
      { numRuns: 30, seed: 1 },
    )
  })

test('a request of an unknown operation cannot be written', (t) => {
  t.throws(() => protocol.encodeRequest({ operation: 'Nope', input: {} }, json('Nope', '')), { instanceOf: TypeError })
})
