import test from 'ava'
import { type HttpRequest, type HttpResponse, header, type Outcome, Presence } from '../../src/core/exchange.ts'
import type { Sent, Signer, UpstreamRequest } from '../../src/core/upstream.ts'
import { forwardHop, type ForwardParts, type ForwardRules } from '../../src/hops/forward.ts'
import { generic } from '../../src/protocols/generic.ts'
import { authorization, exchangeOf, QUERY_PROTOCOL, SQS } from './exchanges.ts'

const AWS: ForwardRules = {
  upstream: { to: 'aws', region: undefined, fips: false, dualStack: false },
  only: undefined,
  operations: undefined,
  readOnly: false,
  confirmAccount: undefined,
}
const FAR: ForwardRules = { ...AWS, upstream: { to: 'url', url: 'http://far:4566', sign: false, region: undefined } }

type Answer = Sent | ((request: UpstreamRequest) => Sent)

interface Far {
  readonly hop: ReturnType<typeof forwardHop>
  readonly seen: UpstreamRequest[]
  readonly left: number[]
  readonly log: string[]
}

/** A hop to somebody who gives these answers, one after the other. */
function far(rules: ForwardRules, answers: readonly Answer[], parts: Partial<ForwardParts> = {}): Far {
  const seen: UpstreamRequest[] = []
  const left: number[] = []
  const log: string[] = []
  const signer: Signer = {
    identity: async () => ({ accessKeyId: 'AKIAREAL', source: 'a test', account: '123456789012' }),
    sign: async (request, { service, region }) => ({
      ...request,
      rawHeaders: [...request.rawHeaders, 'Signed-For', `${service}/${region}`],
    }),
    correctClock: (date) => (log.push(`clock ${date}`), true),
    renew: async () => void log.push('renew'),
  }
  const hop = forwardHop({
    signer: async () => signer,
    send: async (request, client) => {
      const place = seen.push(request) - 1
      const answer = answers[place] ?? answers.at(-1)
      client.onLeave(() => left.push(place))
      return typeof answer === 'function' ? answer(request) : (answer as Sent)
    },
    rulesOf: () => rules,
    serviceOf: (name) => (name === 'sqs' ? SQS : undefined),
    trust: { publicUrl: undefined, allowedHosts: [] },
    id: 'pipit-1',
    ...parts,
  })
  return { hop, seen, left, log }
}

function json(body: object, status = 200, ...rawHeaders: string[]): Sent {
  const base = ['x-amzn-RequestId', 'their-id', 'Content-Type', 'application/x-amz-json-1.0', ...rawHeaders]
  return { kind: 'response', response: { status, rawHeaders: base, body: JSON.stringify(body) } }
}

function refused(type: string, ...rawHeaders: string[]): Sent {
  return json({ __type: `com.amazon.coral.service#${type}`, message: 'no' }, 403, ...rawHeaders)
}

function responseOf(outcome: Outcome): HttpResponse {
  if (outcome.kind !== 'response') throw new Error(outcome.failure.reason)
  return outcome.response
}

function told(outcome: Outcome): { code: string; message: string; status: number } {
  if (outcome.kind !== 'response' || outcome.result?.kind !== 'error') throw new Error('no error')
  return { code: outcome.result.error.code, message: outcome.result.error.message, status: outcome.response.status }
}

test('to AWS a request goes with its own path and queue URL, signed by us for the region of the client', async (t) => {
  const { hop, seen } = far(AWS, [json({ MessageId: '1' })])
  const body = { QueueUrl: 'http://localhost:3000/s/blue/sqs/123456789012/orders', MessageBody: 'x' }
  const exchange = exchangeOf({
    operation: 'SendMessage',
    mount: '/s/blue/sqs',
    request: { target: '/s/blue/sqs/', body: Buffer.from(JSON.stringify(body)) },
  })
  const outcome = await hop(exchange)
  const [sent] = seen
  t.is(sent?.origin, 'https://sqs.eu-west-1.amazonaws.com')
  t.is(sent?.target, '/')
  t.deepEqual(JSON.parse(String(sent?.body)), {
    ...body,
    QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders',
  })
  t.is(header(sent as HttpRequest, 'host'), 'sqs.eu-west-1.amazonaws.com')
  t.is(header(sent as HttpRequest, 'signed-for'), 'sqs/eu-west-1')
  t.is(header(sent as HttpRequest, 'via'), undefined)
  t.is(header(responseOf(outcome), 'x-amzn-requestid'), 'their-id')
  t.is(header(responseOf(outcome), 'x-pipit-source'), 'forward')
  t.is(responseOf(outcome).body, '{"MessageId":"1"}')
  t.is(exchange.trace.source, 'forward')
  t.deepEqual(exchange.trace.results, [{ kind: 'output', output: { MessageId: '1' } }])
})

test('to any other endpoint it goes with the signature that the client made, and says by whom it came', async (t) => {
  const { hop, seen } = far(FAR, [json({})])
  await hop(exchangeOf())
  t.is(header(seen[0] as HttpRequest, 'authorization'), authorization())
  t.is(header(seen[0] as HttpRequest, 'via'), '1.1 pipit-1')
  t.is(header(seen[0] as HttpRequest, 'signed-for'), undefined)
})

test('queue URLs of an answer lead back here, in both protocols, and nothing else of it changes', async (t) => {
  const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders'
  const here = 'http://localhost:3000/sqs/123456789012/orders'
  const answer = json({ QueueUrls: [url], NextToken: 'n' }, 200, 'X-Theirs', '1')
  const outcome = await far(AWS, [answer]).hop(exchangeOf({ mount: '/sqs' }))
  t.deepEqual(responseOf(outcome), {
    status: 200,
    rawHeaders: [
      'x-amzn-RequestId',
      'their-id',
      'Content-Type',
      'application/x-amz-json-1.0',
      'X-Theirs',
      '1',
      'x-pipit-source',
      'forward',
    ],
    body: JSON.stringify({ QueueUrls: [here], NextToken: 'n' }),
  })
  t.deepEqual(outcome.kind === 'response' && outcome.result, {
    kind: 'output',
    output: { QueueUrls: [here], NextToken: 'n' },
  })
  const xml =
    `<?xml version="1.0"?><CreateQueueResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><CreateQueueResult>` +
    `<QueueUrl>${url}</QueueUrl></CreateQueueResult><ResponseMetadata><RequestId>their-id</RequestId></ResponseMetadata></CreateQueueResponse>`
  const asXml = await far(AWS, [
    {
      kind: 'response',
      response: { status: 200, rawHeaders: ['x-amzn-RequestId', 'their-id', 'Content-Type', 'text/xml'], body: xml },
    },
  ]).hop(
    exchangeOf({
      mount: '/sqs',
      protocol: QUERY_PROTOCOL,
      more: ['Content-Type', 'application/x-www-form-urlencoded'],
      request: { body: Buffer.from('Action=CreateQueue&QueueName=orders') },
    }),
  )
  t.is(responseOf(asXml).body, xml.replace(url, here))
})

test('an error that quotes the other server quotes this one; another one is passed byte by byte', async (t) => {
  const quoting = json(
    { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'no https://sqs.eu-west-1.amazonaws.com/1/a' },
    400,
    'x-amzn-query-error',
    'AWS.SimpleQueueService.NonExistentQueue;Sender',
  )
  const outcome = await far(AWS, [quoting]).hop(exchangeOf())
  t.is(told(outcome).message, 'no http://localhost:3000/1/a')
  t.deepEqual(JSON.parse(String(responseOf(outcome).body)), {
    __type: 'com.amazonaws.sqs#QueueDoesNotExist',
    message: 'no http://localhost:3000/1/a',
  })
  t.is(header(responseOf(outcome), 'x-amzn-query-error'), 'AWS.SimpleQueueService.NonExistentQueue;Sender')
  const plain: Sent = {
    kind: 'response',
    response: { status: 400, rawHeaders: [], body: '{ "__type": "X", "more": 1 }' },
  }
  t.is(responseOf(await far(AWS, [plain]).hop(exchangeOf())).body, '{ "__type": "X", "more": 1 }')
})

test('what cannot be read may pass where it leads nowhere, and is cut where it may', async (t) => {
  const html: Sent = { kind: 'response', response: { status: 200, rawHeaders: [], body: '<html>' } }
  const send = exchangeOf({
    operation: 'SendMessage',
    request: { body: Buffer.from('{"QueueUrl":"x","MessageBody":"x"}') },
  })
  t.is(responseOf(await far(AWS, [html]).hop(send)).body, '<html>')
  for (const operation of ['CreateQueue', 'GetQueueUrl', 'ListQueues', 'ListDeadLetterSourceQueues']) {
    const body = Buffer.from('{"QueueUrl":"x","QueueName":"x"}')
    t.deepEqual(await far(AWS, [html]).hop(exchangeOf({ operation, request: { body } })), {
      kind: 'failure',
      failure: {
        ending: 'close',
        reason: `upstream: its answer to ${operation} cannot be read, and may lead past the gateway`,
      },
    })
  }
  const sorry: Sent = { kind: 'response', response: { status: 502, rawHeaders: [], body: '<html>' } }
  t.is(responseOf(await far(AWS, [sorry]).hop(exchangeOf())).status, 502)
})

test('a lost answer stays lost', async (t) => {
  const failure = { kind: 'failure', failure: { ending: 'reset', reason: 'upstream: cut' } } as const
  const exchange = exchangeOf()
  t.deepEqual(await far(AWS, [failure]).hop(exchange), failure)
  t.is(exchange.trace.source, 'forward')
})

test('where nobody is reached the error says what to do', async (t) => {
  const outcome = await far(FAR, [{ kind: 'unreachable', obstacle: 'refused', reason: 'ECONNREFUSED' }]).hop(
    exchangeOf(),
  )
  t.like(told(outcome), { code: 'PipitUpstreamUnreachable', status: 503 })
  t.regex(told(outcome).message, /^pipit cannot reach http:\/\/far:4566: ECONNREFUSED\. Is it running/)
})

test('without credentials nothing is sent, and it is the client that hears of it', async (t) => {
  const signer: Signer = {
    identity: async () => ({ kind: 'no-credentials', reason: 'tried nothing' }),
    sign: async () => ({ kind: 'no-credentials', reason: 'tried nothing' }),
    correctClock: () => false,
    renew: async () => {},
  }
  for (const rules of [AWS, { ...AWS, confirmAccount: '123456789012' }]) {
    const { hop, seen } = far(rules, [json({})], { signer: async () => signer })
    t.like(told(await hop(exchangeOf())), { code: 'PipitNoCredentials', status: 403 })
    t.is(seen.length, 0)
  }
})

test('a clock that is wrong is set, and the request is sent once more', async (t) => {
  const { hop, seen, log } = far(AWS, [refused('SignatureDoesNotMatch', 'Date', 'their time'), json({ QueueUrls: [] })])
  t.is(responseOf(await hop(exchangeOf())).status, 200)
  t.is(seen.length, 2)
  t.deepEqual(log, ['clock their time'])
})

test('credentials that have expired are renewed, once', async (t) => {
  const { hop, seen, log } = far(AWS, [refused('ExpiredTokenException')])
  t.like(told(await hop(exchangeOf())), { status: 403 })
  t.is(seen.length, 2)
  t.deepEqual(log, ['renew'])
})

test('nothing else is tried again', async (t) => {
  for (const answer of [refused('AccessDeniedException'), json({}, 503), refused('ThrottlingException')]) {
    const { hop, seen } = far(AWS, [answer])
    await hop(exchangeOf())
    t.is(seen.length, 1)
  }
  const { hop, seen } = far(FAR, [refused('ExpiredTokenException')])
  await hop(exchangeOf())
  t.is(seen.length, 1, 'what the client has signed is not signed again')
})

test('who goes away gives up the request there, too', async (t) => {
  let leave = (): void => {}
  const presence = new Presence((leaves) => void (leave = leaves))
  const { hop, left } = far(FAR, [json({})])
  await hop(exchangeOf({ presence }))
  t.deepEqual(left, [])
  leave()
  t.deepEqual(left, [0])
})

for (const [what, rules, options, code, words] of [
  [
    'a request without a signature',
    AWS,
    { headers: ['Host', 'localhost', 'X-Amz-Target', 'AmazonSQS.ListQueues'] },
    'AccessDenied',
    /bears no signature/,
  ],
  ['a page of another origin', AWS, { more: ['Origin', 'http://evil.example'] }, 'AccessDenied', /evil\.example/],
  [
    'a call that the operator does not let through',
    { ...AWS, readOnly: true },
    { operation: 'PurgeQueue', request: { body: Buffer.from('{"QueueUrl":"x"}') } },
    'AccessDenied',
    /readOnly/,
  ],
  [
    'credentials of another account',
    { ...AWS, confirmAccount: '999999999999' },
    {},
    'AccessDenied',
    /are of the account 123456789012, not of 999999999999/,
  ],
  [
    'an account that nobody signs for',
    { ...FAR, confirmAccount: '999999999999' },
    {},
    'AccessDenied',
    /only where pipit signs/,
  ],
  [
    'a body that is signed as a stream',
    AWS,
    { more: ['x-amz-content-sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'] },
    'PipitNotSupported',
    /signed as a stream/,
  ],
  [
    'a request that has come by already',
    FAR,
    { more: ['Via', '1.1 nginx, 1.1 pipit-1'] },
    'PipitForwardLoop',
    /forwards to itself/,
  ],
  [
    'a region that cannot be',
    { ...AWS, upstream: { to: 'aws', region: 'a b', fips: false, dualStack: false } },
    {},
    'PipitNoEndpoint',
    /"a b"/,
  ],
  ['what cannot be read', AWS, { request: { body: Buffer.from('{') } }, 'SerializationException', /not valid JSON/],
  ['an operation that nobody knows', AWS, { operation: 'Fly' }, 'UnknownOperationException', /Fly/],
] as ReadonlyArray<readonly [string, ForwardRules, Parameters<typeof exchangeOf>[0], string, RegExp]>) {
  test(`${what}: nothing is sent, and the client hears why`, async (t) => {
    const { hop, seen } = far(rules, [json({})])
    const exchange = exchangeOf(options)
    const outcome = await hop(exchange)
    t.is(told(outcome).code, code)
    t.regex(told(outcome).message, words)
    t.is(seen.length, 0)
    t.is(exchange.trace.source, undefined)
  })
}

test('the account that is confirmed passes', async (t) => {
  const { hop } = far({ ...AWS, confirmAccount: '123456789012' }, [json({})])
  t.is(responseOf(await hop(exchangeOf())).status, 200)
})

test('a service that pipit does not know passes as it is, to the endpoint that its signature names', async (t) => {
  const request = { target: '/', body: Buffer.from('{"TableName":"t","QueueUrl":"http://localhost:3000/1/a"}') }
  const headers = [
    'Host',
    'localhost:3000',
    'Authorization',
    authorization('eu-west-1', 'dynamodb'),
    'X-Amz-Target',
    'DynamoDB_20120810.PutItem',
    'Accept-Encoding',
    'gzip',
  ]
  const protocol = generic({ method: 'POST', rawHeaders: headers, ...request })
  const { hop, seen } = far(AWS, [
    { kind: 'response', response: { status: 200, rawHeaders: ['X', 'y'], body: 'bytes' } },
  ])
  const exchange = exchangeOf({ service: 'dynamodb', headers, protocol, request })
  const outcome = await hop(exchange)
  t.is(seen[0]?.origin, 'https://dynamodb.eu-west-1.amazonaws.com')
  t.is(seen[0]?.body, request.body)
  t.is(header(seen[0] as HttpRequest, 'accept-encoding'), 'gzip')
  t.deepEqual(responseOf(outcome), { status: 200, rawHeaders: ['X', 'y', 'x-pipit-source', 'forward'], body: 'bytes' })
})

test('S3 is refused, in words', async (t) => {
  const headers = ['Host', 'localhost:3000', 'Authorization', authorization('eu-west-1', 's3')]
  const protocol = generic({ method: 'GET', target: '/bucket/key', rawHeaders: headers, body: Buffer.alloc(0) })
  const { hop, seen } = far(AWS, [json({})])
  const outcome = await hop(
    exchangeOf({ service: 's3', headers, protocol, request: { method: 'GET', target: '/bucket/key' } }),
  )
  t.is(told(outcome).message, 'pipit does not forward requests to s3 yet. Point that client at the service itself.')
  t.is(seen.length, 0)
})

test('an error of ours is written in the protocol of the client', async (t) => {
  const outcome = await far({ ...AWS, readOnly: true }, [json({})]).hop(
    exchangeOf({
      protocol: QUERY_PROTOCOL,
      more: ['Content-Type', 'application/x-www-form-urlencoded'],
      request: { body: Buffer.from('Action=CreateQueue&QueueName=orders') },
    }),
  )
  t.regex(String(responseOf(outcome).body), /<Code>AccessDenied<\/Code><Message>pipit does not forward this request: /)
})
