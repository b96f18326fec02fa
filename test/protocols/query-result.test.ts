import test from 'ava'
import fc from 'fast-check'
import type { HttpResponse, Result } from '../../src/core/exchange.ts'
import { awsQuery } from '../../src/protocols/aws-query.ts'
import { queryResultReader } from '../../src/protocols/query-result.ts'
import { sqsError, sqsErrors } from '../../src/sqs/errors.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'
import { inputOf, plain, request } from './requests.ts'

const errors = Object.values(sqsErrors)
const protocol = awsQuery(sqsShapes, errors)
const accepting = { xml: request(), JSON: request({ rawHeaders: ['Accept', 'application/json'] }) }
const read = (operation: string, response: Partial<HttpResponse>): Result | undefined =>
  protocol.decodeResponse({ operation }, { status: 200, rawHeaders: [], body: '', ...response })

/** As XML carries it: what it cannot say is replaced, and a list of none is no list. Both ends of the wire know that. */
function carried(value: unknown, isXml: boolean): unknown {
  if (typeof value === 'string')
    return isXml ? value.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD') : value
  if (Array.isArray(value)) return value.map((item) => carried(item, isXml))
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !isXml || !isEmpty(item))
      .map(([key, item]) => [carried(key, isXml), carried(item, isXml)]),
  )
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value) && Object.keys(value).length === 0
}

for (const [accept, asked] of Object.entries(accepting))
  for (const [operation, { output }] of Object.entries(sqsShapes.operations))
    test(`any output of ${operation} in ${accept} is read as it was written`, (t) => {
      const isXml = accept === 'xml'
      fc.assert(
        fc.property(inputOf(output), fc.boolean(), (value, asBytes) => {
          const result = { kind: 'output', output: value as Record<string, unknown> } as const
          const response = protocol.encodeResponse({ operation }, result, 'r', asked)
          const body = asBytes ? Buffer.from(response.body) : response.body
          const decoded = protocol.decodeResponse({ operation }, { ...response, body })
          t.deepEqual(plain(decoded), { kind: 'output', output: carried(plain(value), isXml) })
        }),
        { numRuns: 30, seed: 1 },
      )
    })

for (const [accept, asked] of Object.entries(accepting))
  for (const name of Object.keys(sqsErrors) as (keyof typeof sqsErrors)[])
    test(`${name} in ${accept} is read as it was written, in its own words and in others`, (t) => {
      for (const error of [sqsErrors[name], sqsError(name, 'Other words: "ä\r\n".').error]) {
        const response = protocol.encodeResponse({ operation: 'SendMessage' }, { kind: 'error', error }, 'r', asked)
        t.deepEqual(protocol.decodeResponse({ operation: 'SendMessage' }, response), { kind: 'error', error })
      }
    })

const wrapped = {
  type: 'structure',
  members: {
    Topics: { type: 'list', member: { type: 'structure', members: { Arn: { type: 'string' } } } },
    Pairs: { type: 'map', value: { type: 'string' }, keyName: 'key', valueName: 'value' },
  },
} as const

for (const [accept, asked] of Object.entries(accepting))
  test(`lists and maps that are not flattened are read as they were written in ${accept}`, (t) => {
    const shapes = { ...sqsShapes, operations: { List: { input: wrapped, output: wrapped } } }
    const wrapping = awsQuery(shapes)
    fc.assert(
      fc.property(inputOf(wrapped), (value) => {
        const result = { kind: 'output', output: value as Record<string, unknown> } as const
        const decoded = wrapping.decodeResponse(
          { operation: 'List' },
          wrapping.encodeResponse({ operation: 'List' }, result, 'r', asked),
        )
        t.deepEqual(plain(decoded), { kind: 'output', output: named(plain(value), accept === 'xml') })
      }),
      { seed: 1 },
    )
  })

/** What XML cannot say is replaced, as in `carried`; an empty list that is wrapped is a list all the same. */
function named(value: unknown, isXml: boolean): unknown {
  if (!isXml) return value
  if (Array.isArray(value)) return value.map((item) => named(item, isXml))
  if (typeof value !== 'object' || value === null) return carried(value, isXml)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [carried(key, isXml), named(item, isXml)]))
}

test('no two errors have the same code, by which they are known', (t) => {
  t.is(new Set(errors.map(({ code }) => code)).size, errors.length)
})

test('an error that no table knows is told as the answer tells it', (t) => {
  const decode = queryResultReader(sqsShapes, [])
  const told = { kind: 'error', error: { shape: 'New', code: 'New', status: 500, fault: 'Receiver', message: 'm' } }
  for (const body of [
    '<ErrorResponse><Error><Code>New</Code><Message>m</Message></Error></ErrorResponse>',
    '<Response><Errors><Error><Code>New</Code><Message>m</Message></Error></Errors></Response>',
  ])
    t.deepEqual(decode({ operation: 'SendMessage' }, { status: 500, rawHeaders: [], body }), told)
})

test('an answer that is indented, with a prefix and a declaration, is read', (t) => {
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<s:ReceiveMessageResponse xmlns:s="http://queue.amazonaws.com/doc/2012-11-05/">
  <s:ReceiveMessageResult>
    <s:Message>
      <s:Body> 0042 </s:Body>
      <s:Attribute><s:Name>ApproximateReceiveCount</s:Name><s:Value>1</s:Value></s:Attribute>
    </s:Message>
  </s:ReceiveMessageResult>
</s:ReceiveMessageResponse>
`
  t.deepEqual(plain(read('ReceiveMessage', { body })), {
    kind: 'output',
    output: { Messages: [{ Body: ' 0042 ', Attributes: { ApproximateReceiveCount: '1' } }] },
  })
})

for (const [title, response] of [
  ['nothing', {}],
  ['HTML', { body: '<html><body>Bad Gateway</body></html>' }],
  ['half a document', { body: '<SendMessageResponse><SendMessageResult><MessageId>x' }],
  ['the answer to another operation', { body: '<ListQueuesResponse><ListQueuesResult/></ListQueuesResponse>' }],
  ['an answer without its result', { body: '<SendMessageResponse/>' }],
  [
    'an element where a text should be',
    {
      body: '<SendMessageResponse><SendMessageResult><MessageId><A/></MessageId></SendMessageResult></SendMessageResponse>',
    },
  ],
  [
    'a text where elements should be',
    { body: '<SendMessageResponse><SendMessageResult>x</SendMessageResult></SendMessageResponse>' },
  ],
  ['an error without a code', { status: 400, body: '<ErrorResponse><Error/></ErrorResponse>' }],
  ['an error in HTML', { status: 502, body: '<html/>' }],
  ['invalid UTF-8', { body: Buffer.from([0x3c, 0xff]) }],
  ['JSON that is none', { rawHeaders: ['content-type', 'application/json'], body: '{' }],
  ['JSON that is a list', { rawHeaders: ['content-type', 'application/json'], body: '[]' }],
] as const)
  test(`${title} is unreadable`, (t) => {
    t.is(read('SendMessage', response), undefined)
  })

test('an output of an unknown operation is unreadable', (t) => {
  const body = '<constructorResponse><constructorResult/></constructorResponse>'
  t.is(read('constructor', { body }), undefined)
})

test('a map without its key, or with a number that is none, is unreadable', (t) => {
  const wrap = (inner: string): string =>
    `<ReceiveMessageResponse><ReceiveMessageResult>${inner}</ReceiveMessageResult></ReceiveMessageResponse>`
  for (const inner of [
    '<Message><Attribute><Value>1</Value></Attribute></Message>',
    '<Message><Attribute><Name>1</Name></Attribute></Message>',
  ])
    t.is(read('ReceiveMessage', { body: wrap(inner) }), undefined)
  const task =
    '<ListMessageMoveTasksResultEntry><FailureReason>x</FailureReason><StartedTimestamp>x</StartedTimestamp></ListMessageMoveTasksResultEntry>'
  const body = `<ListMessageMoveTasksResponse><ListMessageMoveTasksResult>${task}</ListMessageMoveTasksResult></ListMessageMoveTasksResponse>`
  t.is(read('ListMessageMoveTasks', { body }), undefined)
})

test('garbage is unreadable or read, never thrown on', (t) => {
  const pieces =
    '<ReceiveMessageResponse> </ReceiveMessageResponse> <ReceiveMessageResult> </ReceiveMessageResult> <Message> </Message> ' +
    '<Body> </Body> <a /> <![CDATA[ ]]> <!-- --> <? ?> & &#0; &#x110000; &#xD800; x <__proto__/> </ < > : <a:b/>'
  const piece = fc.constantFrom(' ', ...pieces.split(' '))
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.array(piece, { maxLength: 20 }).map((chosen) => chosen.join('')),
  )
  fc.assert(
    fc.property(
      body,
      fc.constantFrom(200, 400),
      fc.constantFrom('text/xml', 'application/json'),
      (text, status, type) => {
        const result = read('ReceiveMessage', { status, body: text, rawHeaders: ['Content-Type', type] })
        t.true(result === undefined || result.kind === 'output' || result.kind === 'error')
      },
    ),
    { numRuns: 3000, seed: 1 },
  )
})
