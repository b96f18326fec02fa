import { XMLParser } from 'fast-xml-parser'
import test from 'ava'
import fc from 'fast-check'
import { awsQuery, unknownOperationResponse } from '../../src/protocols/aws-query.ts'
import { sqsError } from '../../src/sqs/errors.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'
import { asParameters, decoded, form, inputOf, plain, refused, request, urlEncoded } from './requests.ts'

const protocol = awsQuery(sqsShapes)
const NAMESPACE = 'xmlns="http://queue.amazonaws.com/doc/2012-11-05/"'
const output = (value: Record<string, unknown>) => ({ kind: 'output', output: value }) as const
const json = request({ rawHeaders: ['ACCEPT', 'application/json, */*'] })

for (const { title, init, claimed } of [
  { title: 'a form', init: { rawHeaders: ['Content-type', 'application/x-www-form-urlencoded'] }, claimed: true },
  {
    title: 'a form with a charset',
    init: { rawHeaders: ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'] },
    claimed: true,
  },
  { title: 'a GET with an action', init: { method: 'GET', target: '/?Action=ListQueues' }, claimed: true },
  { title: 'a GET with an action later on', init: { method: 'GET', target: '/0/q?a=b&Action=x' }, claimed: true },
  { title: 'a POST with the action in its URL', init: { target: '/?Action=ListQueues' }, claimed: true },
  { title: 'a GET without an action', init: { method: 'GET', target: '/0/q?MyAction=x' }, claimed: false },
  { title: 'a DELETE with an action', init: { method: 'DELETE', target: '/?Action=ListQueues' }, claimed: false },
  {
    title: 'a form with a target',
    init: { rawHeaders: ['content-type', 'application/x-www-form-urlencoded', 'x-amz-target', 'greeter.Say'] },
    claimed: false,
  },
  { title: 'a POST of JSON', init: { rawHeaders: ['content-type', 'application/json'] }, claimed: false },
])
  test(`${title} is ${claimed ? '' : 'not '}claimed`, (t) => {
    t.is(protocol.claims(request(init)), claimed)
  })

test('a form is decoded', (t) => {
  const body =
    'Action=SendMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Fh%2F0%2Fq&MessageBody=a+b%0D%0A&DelaySeconds=0' +
    '&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=Binary&MessageAttribute.1.Value.BinaryValue=AP8%3D'
  const call = decoded(protocol.decodeRequest(form(body, '/sqs/0/q'), '/sqs'))
  t.is(call.operation, 'SendMessage')
  t.is(call.path, '/0/q')
  t.is(call.protocol, protocol)
  t.deepEqual(plain(call.input), {
    QueueUrl: 'http://h/0/q',
    MessageBody: 'a b\r\n',
    DelaySeconds: 0,
    MessageAttributes: { n: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) } },
  })
})

test('a GET on a path is decoded, and its body is not read', (t) => {
  const target = '/0/q?Action=ReceiveMessage&AttributeName=All&X-Amz-Signature=x'
  const call = decoded(protocol.decodeRequest(request({ method: 'GET', target, body: 'VisibilityTimeout=1' }), ''))
  t.is(call.path, '/0/q')
  t.deepEqual(call.input, { AttributeNames: ['All'] })
})

for (const [action, code, message] of [
  ['Action=Nope', 'InvalidAction', 'The action Nope is not valid for this endpoint.'],
  ['Action=', 'InvalidAction', 'The action  is not valid for this endpoint.'],
  ['Action=constructor', 'InvalidAction', 'The action constructor is not valid for this endpoint.'],
  ['QueueUrl=x', 'MissingAction', 'No action was supplied with this request.'],
  ['', 'MissingAction', 'No action was supplied with this request.'],
  ['Action=SendMessage&MessageBody=%', 'MalformedInput', 'A request parameter is not valid percent-encoded UTF-8.'],
] as const)
  test(`the form '${action}' is a ${code}`, (t) => {
    const error = refused(protocol.decodeRequest(form(action), ''))
    t.like(error, { code, message, status: 400 })
  })

test('an output is XML in its wrapper', (t) => {
  t.deepEqual(
    protocol.encodeResponse({ operation: 'GetQueueUrl' }, output({ QueueUrl: 'http://h/0/q?a&b' }), 'r', request()),
    {
      status: 200,
      rawHeaders: ['x-amzn-RequestId', 'r', 'Content-Type', 'text/xml'],
      body:
        `<?xml version="1.0"?><GetQueueUrlResponse ${NAMESPACE}>` +
        '<GetQueueUrlResult><QueueUrl>http://h/0/q?a&amp;b</QueueUrl></GetQueueUrlResult>' +
        '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetQueueUrlResponse>',
    },
  )
})

test('an operation that answers nothing has no Result, an empty receive has an empty one', (t) => {
  const metadata = '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>'
  t.is(
    protocol.encodeResponse({ operation: 'DeleteMessage' }, output({}), 'r', request()).body,
    `<?xml version="1.0"?><DeleteMessageResponse ${NAMESPACE}>${metadata}</DeleteMessageResponse>`,
  )
  t.is(
    protocol.encodeResponse({ operation: 'ReceiveMessage' }, output({}), 'r', request()).body,
    `<?xml version="1.0"?><ReceiveMessageResponse ${NAMESPACE}><ReceiveMessageResult/>${metadata}</ReceiveMessageResponse>`,
  )
})

test('received messages have flattened attributes', (t) => {
  const message = {
    MessageId: 'm',
    Body: '"a"\r',
    Attributes: { SenderId: 's', SentTimestamp: '1' },
    MessageAttributes: { n: { DataType: 'Binary', BinaryValue: Buffer.from('hi') } },
  }
  const response = protocol.encodeResponse(
    { operation: 'ReceiveMessage' },
    output({ Messages: [message] }),
    'r',
    request(),
  )
  t.true(
    String(response.body).includes(
      '<ReceiveMessageResult><Message><MessageId>m</MessageId><Body>&quot;a&quot;&#xD;</Body>' +
        '<Attribute><Name>SenderId</Name><Value>s</Value></Attribute>' +
        '<Attribute><Name>SentTimestamp</Name><Value>1</Value></Attribute>' +
        '<MessageAttribute><Name>n</Name><Value><BinaryValue>aGk=</BinaryValue><DataType>Binary</DataType></Value>' +
        '</MessageAttribute></Message></ReceiveMessageResult>',
    ),
    String(response.body),
  )
})

test('an error is XML, with a Detail that is there and empty, and the text of this protocol', (t) => {
  const { error } = sqsError('QueueDoesNotExist')
  t.deepEqual(protocol.encodeResponse({ operation: 'SendMessage' }, { kind: 'error', error }, 'r', request()), {
    status: 400,
    rawHeaders: ['x-amzn-RequestId', 'r', 'Content-Type', 'text/xml'],
    body:
      `<?xml version="1.0"?><ErrorResponse ${NAMESPACE}><Error><Type>Sender</Type>` +
      '<Code>AWS.SimpleQueueService.NonExistentQueue</Code>' +
      '<Message>The specified queue does not exist for this wsdl version.</Message><Detail/></Error>' +
      '<RequestId>r</RequestId></ErrorResponse>',
  })
})

test('a status that differs by protocol is the one of this protocol', (t) => {
  const { error } = sqsError('AccessDeniedException')
  t.is(protocol.encodeResponse({ operation: 'SendMessage' }, { kind: 'error', error }, 'r', request()).status, 403)
})

test('JSON is rendered for those who accept it', (t) => {
  const response = protocol.encodeResponse(
    { operation: 'ListQueues' },
    output({ QueueUrls: ['http://h/0/q'] }),
    'r',
    json,
  )
  t.deepEqual(response.rawHeaders, ['x-amzn-RequestId', 'r', 'Content-Type', 'application/json'])
  t.deepEqual(JSON.parse(String(response.body)), {
    ListQueuesResponse: {
      ListQueuesResult: { queueUrls: ['http://h/0/q'], NextToken: null },
      ResponseMetadata: { RequestId: 'r' },
    },
  })
})

test('an empty receive and an operation that answers nothing, rendered as JSON', (t) => {
  const render = (operation: string): unknown =>
    JSON.parse(String(protocol.encodeResponse({ operation }, output({}), 'r', json).body))
  t.deepEqual(render('ReceiveMessage'), {
    ReceiveMessageResponse: { ReceiveMessageResult: { messages: null }, ResponseMetadata: { RequestId: 'r' } },
  })
  t.deepEqual(render('DeleteMessage'), { DeleteMessageResponse: { ResponseMetadata: { RequestId: 'r' } } })
})

test('an error is rendered as JSON', (t) => {
  const { error } = sqsError('PurgeQueueInProgress', 'Wait.')
  const response = protocol.encodeResponse({ operation: 'PurgeQueue' }, { kind: 'error', error }, 'r', json)
  t.is(response.status, 403)
  t.deepEqual(JSON.parse(String(response.body)), {
    Error: {
      Type: 'Sender',
      Code: 'AWS.SimpleQueueService.PurgeQueueInProgress',
      Message: 'Wait.',
      Detail: null,
    },
    RequestId: 'r',
  })
})

test('a GET without an action has an answer of its own', (t) => {
  t.deepEqual(unknownOperationResponse('r'), {
    status: 404,
    rawHeaders: ['x-amzn-RequestId', 'r', 'Content-Type', 'text/xml'],
    body: '<UnknownOperationException/>',
  })
})

for (const [operation, { input }] of Object.entries(sqsShapes.operations))
  test(`any input of ${operation} is decoded as it was, from a form and from a URL`, (t) => {
    const style = fc.record({ step: fc.integer({ min: 1, max: 9 }), member: fc.boolean() })
    fc.assert(
      fc.property(inputOf(input), style, fc.boolean(), fc.boolean(), (value, how, plus, byUrl) => {
        const pairs = asParameters(input, value as object, how).toReversed()
        const text = `${urlEncoded(pairs, plus)}&Action=${operation}`
        const call = byUrl ? request({ method: 'GET', target: `/?${text}` }) : form(text)
        const expected = value as Record<string, unknown>
        t.deepEqual(plain(decoded(protocol.decodeRequest(call, '')).input), plain(expected))
      }),
      { numRuns: 30, seed: 1 },
    )
  })

test('any message comes back from XML as it was, whatever its text', (t) => {
  const parser = new XMLParser({ htmlEntities: true, trimValues: false, parseTagValue: false })
  const carried = fc
    .string({ unit: 'binary' })
    .filter((value) => !/[^\t\n\r\x20-\uFFFD\u{10000}-\u{10FFFF}]/u.test(value))
  fc.assert(
    fc.property(carried, carried, carried, (body, name, value) => {
      const message = { Body: body, Attributes: { [name]: value } }
      const response = protocol.encodeResponse(
        { operation: 'ReceiveMessage' },
        output({ Messages: [message] }),
        'r',
        request(),
      )
      const root = parser.parse(String(response.body)) as {
        ReceiveMessageResponse: { ReceiveMessageResult: { Message: unknown } }
      }
      t.deepEqual(root.ReceiveMessageResponse.ReceiveMessageResult.Message, {
        Body: body,
        Attribute: { Name: name, Value: value },
      })
    }),
    { numRuns: 500, seed: 1 },
  )
})

test('garbage is refused, never thrown on', (t) => {
  const piece = fc.oneof(
    fc.constantFrom(
      'Action=SendMessage',
      'Action=SetQueueAttributes',
      'Attribute',
      'Entries',
      'DelaySeconds',
      'QueueUrl',
    ),
    fc.constantFrom('.', '.1', '.Name', '.Value', '.member', '=', '&', '%', '%00', '%ff', '+', '__proto__', '1', '-'),
  )
  const body = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join(''))),
  )
  fc.assert(
    fc.property(body, (bytes) => {
      const call = protocol.decodeRequest(form(bytes, `/?${bytes.toString('latin1')}`), '')
      if ('error' in call) t.is(call.error.status, 400)
      else t.true(Object.hasOwn(sqsShapes.operations, call.operation))
    }),
    { numRuns: 1000, seed: 1 },
  )
})
