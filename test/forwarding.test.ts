import { once } from 'node:events'
import net from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { loadConfig } from '../src/config.ts'
import type { Finished } from '../src/core/finished.ts'
import { createGateway, type Gateway, type GatewayOptions } from '../src/gateway.ts'
import { authorization } from './hops/exchanges.ts'
import { answering, farServer, rawServer } from './http/far-server.ts'
import { AWS_KEY, fakeAws, jsonAnswer } from './http/fake-aws.ts'

// The credentials of whoever runs pipit; nothing else of this machine.
for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', ...AWS_KEY })

async function started(
  t: ExecutionContext,
  flags: Record<string, string | boolean>,
  options: Partial<GatewayOptions> = {},
): Promise<Gateway> {
  const { config } = loadConfig({ flags: { port: '0', ...flags }, env: {}, cwd: import.meta.dirname })
  const gateway = createGateway({ config, ...options })
  await gateway.start()
  t.teardown(() => gateway.close())
  return gateway
}

const SIGNED = { authorization: authorization() }

function ask(
  url: string,
  operation: string,
  input: object = {},
  headers: Record<string, string> = SIGNED,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}`, ...headers },
    body: JSON.stringify(input),
    ...(signal !== undefined && { signal }),
  })
}

async function answer(response: Promise<Response>): Promise<any> {
  return (await response).json()
}

test('through a gateway in front of another one everything is as without it, and queue URLs lead to the front', async (t) => {
  const lines: Finished[] = []
  const back = await started(t, {})
  const front = await started(t, { mode: 'forward', upstream: back.url }, { onFinished: (line) => lines.push(line) })
  for (const place of ['/', '/sqs/', '/s/blue/sqs/', '/s/blue/']) {
    const { QueueUrl } = await answer(ask(front.url + place, 'CreateQueue', { QueueName: 'orders' }))
    t.is(QueueUrl, `${front.url}${place}000000000000/orders`)
    await answer(ask(front.url + place, 'SendMessage', { QueueUrl, MessageBody: place }))
    const { Messages } = await answer(ask(front.url + place, 'ReceiveMessage', { QueueUrl }))
    t.is(Messages[0].Body, place)
    await ask(front.url + place, 'DeleteMessage', { QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle })
    t.deepEqual(await answer(ask(front.url + place, 'ListQueues')), { QueueUrls: [QueueUrl] })
  }
  t.deepEqual(await answer(ask(`${back.url}/`, 'ListQueues')), { QueueUrls: [`${back.url}/000000000000/orders`] })
  t.deepEqual(
    lines
      .slice(0, 4)
      .map(({ exchange, description }) => [
        exchange.trace.source,
        description.resource,
        description.detail?.slice(0, 6),
      ]),
    [
      ['forward', 'orders', undefined],
      ['forward', 'orders', '1B id='],
      ['forward', 'orders', '1 mess'],
      ['forward', 'orders', undefined],
    ],
  )
  t.deepEqual([...new Set(lines.flatMap(({ exchange }) => exchange.trace.legs.map(({ leg }) => leg)))], ['upstream'])
})

test('AWS is sent what it accepts: our signature, for its host, whatever the client has signed', async (t) => {
  const aws = await fakeAws(t, () =>
    jsonAnswer({ QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders' }),
  )
  const front = await started(t, { mode: 'forward', upstream: `${aws.origin}?sign` })
  t.deepEqual(await answer(ask(`${front.url}/sqs/`, 'GetQueueUrl', { QueueName: 'orders' })), {
    QueueUrl: `${front.url}/sqs/123456789012/orders`,
  })
  const presigned = '?Action=GetQueueAttributes&AttributeName.1=a+b&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00'
  const credential = '&X-Amz-Credential=any%2F20260101%2Feu-west-1%2Fsqs%2Faws4_request'
  await fetch(`${front.url}/sqs/${presigned}${credential}`)
  t.deepEqual(aws.complaints, [])
  t.deepEqual(
    aws.accepted.map(({ target }) => target),
    ['/', '/?Action=GetQueueAttributes&AttributeName.1=a%20b'],
  )
  t.is((await ask(`${aws.origin}/`, 'ListQueues')).status, 403, 'the signature of the client is worth nothing there')
  t.is(aws.complaints.length, 1)
})

test('what a page of another origin sends never arrives, and it cannot read the answer', async (t) => {
  const aws = await fakeAws(t)
  const front = await started(t, { mode: 'forward', upstream: `${aws.origin}?sign` })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const query = 'Action=CreateQueue&QueueName=x'
  const presign = 'X-Amz-Credential=any%2F20260101%2Feu-west-1%2Fsqs%2Faws4_request'
  const origin = 'https://evil.example'
  const attempts: readonly (readonly [string, RequestInit])[] = [
    // A form, with and without what browsers say of it.
    ['/', { method: 'POST', headers: { ...form, origin }, body: query }],
    ['/sqs/', { method: 'POST', headers: { ...form, origin, 'sec-fetch-site': 'cross-site' }, body: query }],
    ['/', { method: 'POST', headers: { ...form, origin: 'null' }, body: `${query}&${presign}` }],
    [`/?${presign}`, { method: 'POST', headers: { ...form, origin }, body: query }],
    ['/', { method: 'POST', headers: form, body: query }],
    // An image.
    [`/?${query}&${presign}`, { headers: { 'sec-fetch-site': 'cross-site' } }],
    [`/?${query}`, {}],
    // A script, after a preflight.
    ['/', { method: 'POST', headers: { ...form, ...SIGNED, origin }, body: query }],
  ]
  for (const [path, init] of attempts) {
    const refused = await fetch(front.url + path, init)
    t.is(refused.status, 403, path)
    t.is(refused.headers.get('access-control-allow-origin'), null)
  }
  // A name of the page's own that points here.
  const port = Number(new URL(front.url).port)
  const socket = net.connect(port, '127.0.0.1')
  socket.end(`GET /?${query}&${presign} HTTP/1.1\r\nHost: rebound.example:${port}\r\nConnection: close\r\n\r\n`)
  let told = ''
  for await (const chunk of socket) told += String(chunk)
  t.regex(told, /^HTTP\/1\.1 403 /)
  t.is(aws.connections.length, 0)
})

test('one session may forward while the others are mocked', async (t) => {
  const far = await farServer(t, answering(200, ['Content-Type', 'application/x-amz-json-1.0'], '{"QueueUrls":[]}'))
  const front = await started(t, { upstream: far.origin })
  const made = await fetch(`${front.url}/_pipit/sessions`, {
    method: 'POST',
    body: '{"name":"real","mode":"sqs=forward"}',
  })
  t.is(made.status, 201)
  await ask(`${front.url}/`, 'ListQueues')
  await ask(`${front.url}/s/other/`, 'ListQueues')
  t.is(far.requests.length, 0)
  await ask(`${front.url}/s/real/sqs/`, 'ListQueues')
  t.is(far.requests.length, 1)
})

test('a service that pipit does not know passes where all are forwarded, and is refused where only SQS is', async (t) => {
  const aws = await fakeAws(t, () => jsonAnswer({ ok: true }))
  const put = (gateway: Gateway): Promise<Response> =>
    fetch(gateway.url, {
      method: 'POST',
      headers: {
        authorization: authorization('eu-west-1', 'dynamodb'),
        'x-amz-target': 'DynamoDB_20120810.PutItem',
        'content-type': 'application/x-amz-json-1.0',
      },
      body: '{"TableName":"t"}',
    })
  const all = await started(t, { mode: 'forward', upstream: `${aws.origin}?sign` })
  t.deepEqual(await answer(put(all)), { ok: true })
  t.deepEqual(aws.complaints, [])
  t.regex(aws.accepted[0]?.rawHeaders.join() ?? '', /\/eu-west-1\/dynamodb\/aws4_request/)
  const some = await started(t, { mode: 'sqs=forward', upstream: `${aws.origin}?sign` })
  const refused = await put(some)
  t.is(refused.status, 404)
  t.regex(await refused.text(), /no route for service/)
  t.is(aws.accepted.length, 1)
})

test('a client that gives up a long poll takes it along, and no message is lost to a ghost', async (t) => {
  const gone = new AbortController()
  let left: Promise<unknown> = Promise.resolve()
  const far = await farServer(t, (request) => {
    left = once(request.socket, 'close')
    gone.abort()
  })
  const front = await started(t, { mode: 'forward', upstream: far.origin })
  const waiting = ask(`${front.url}/`, 'ReceiveMessage', { QueueUrl: 'x', WaitTimeSeconds: 20 }, SIGNED, gone.signal)
  await t.throwsAsync(waiting, { any: true })
  await left
  t.pass()
})

test('an answer that is cut in the middle is none, and no 500 either', async (t) => {
  const lines: Finished[] = []
  const far = await rawServer(t, (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"Queue'))
  const front = await started(t, { mode: 'forward', upstream: far.origin }, { onFinished: (line) => lines.push(line) })
  await t.throwsAsync(ask(`${front.url}/`, 'ListQueues'), { any: true })
  t.deepEqual(
    lines.map(({ outcome }) => outcome),
    [{ kind: 'failure', failure: { ending: 'close', reason: 'upstream: it was cut after 7 of 100 bytes' } }],
  )
})

test('a gateway that is its own upstream says so', async (t) => {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as net.AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  const front = await started(t, { port: String(port), mode: 'forward', upstream: `http://127.0.0.1:${port}` })
  const refused = await ask(`${front.url}/`, 'ListQueues')
  t.is(refused.status, 400)
  t.regex(await refused.text(), /pipit forwards to itself/)
})

test('a body that comes in chunks, and one that waits to be asked for, go on whole', async (t) => {
  const aws = await fakeAws(t, (request) => jsonAnswer({ length: request.body.length }))
  const front = await started(t, { mode: 'forward', upstream: `${aws.origin}?sign` })
  const port = Number(new URL(front.url).port)
  const socket = net.connect(port, '127.0.0.1')
  const head = `POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nAuthorization: ${authorization()}\r\n`
  socket.write(
    `${head}Transfer-Encoding: chunked\r\nExpect: 100-continue\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\n`,
  )
  const [first] = (await once(socket, 'data')) as [Buffer]
  t.regex(first.toString(), /^HTTP\/1\.1 100 Continue\r\n/)
  socket.write('12\r\n{"QueueUrl":"q/a",\r\n13\r\n"MessageBody":"abc"\r\n1\r\n}\r\n0\r\nX-Sum: 1\r\n\r\n')
  let told = ''
  for await (const chunk of socket) told += String(chunk)
  t.regex(told, /^HTTP\/1\.1 200 OK\r\n[^]*\{"length":38\}$/)
  t.deepEqual(aws.complaints, [])
  const names = aws.accepted[0]?.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())
  t.false(names?.some((name) => ['expect', 'transfer-encoding', 'trailer'].includes(name)))
})

test('what comes behind a body arrives, and ten requests share a connection', async (t) => {
  const far = await farServer(t, (_request, response) => {
    response.writeHead(200, { trailer: 'X-Sum', 'content-type': 'application/x-amz-json-1.0' })
    response.addTrailers([['X-Sum', 'abc']])
    response.end('{"MessageId":"1"}')
  })
  const front = await started(t, { mode: 'forward', upstream: far.origin })
  const body = '{"QueueUrl":"a","MessageBody":"b"}'
  const head = `POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nAuthorization: ${authorization()}\r\n`
  for (let n = 0; n < 10; n++) {
    const socket = net.connect(Number(new URL(front.url).port), '127.0.0.1')
    socket.write(`${head}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`)
    let told = ''
    for await (const chunk of socket) told += String(chunk)
    t.regex(told, /\r\n\r\n11\r\n\{"MessageId":"1"\}\r\n0\r\nX-Sum: abc\r\n\r\n$/)
  }
  t.is(far.connections.length, 1)
})

test('a clock that is an hour off is corrected by the first answer, and no client notices', async (t) => {
  const theirTime = (): Date => new Date(Date.now() + 3_600_000)
  const refusal = jsonAnswer({ __type: 'com.amazon.coral.service#SignatureDoesNotMatch', message: 'too old' }, 403)
  const aws = await fakeAws(t, ({ rawHeaders }) => {
    const [, y, mo, d, h, mi] =
      /^(....)(..)(..)T(..)(..)/.exec(rawHeaders[rawHeaders.indexOf('x-amz-date') + 1] ?? '') ?? []
    const signedMs = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi))
    const isFresh = Math.abs(signedMs - theirTime().getTime()) < 5 * 60_000
    const answer = isFresh ? jsonAnswer({ QueueUrls: [] }) : refusal
    return { ...answer, rawHeaders: [...answer.rawHeaders, 'Date', theirTime().toUTCString()] }
  })
  const front = await started(t, { mode: 'forward', upstream: `${aws.origin}?sign` })
  for (let n = 0; n < 3; n++) t.is((await ask(`${front.url}/`, 'ListQueues')).status, 200)
  t.is(aws.accepted.length, 4)
})

test('who starts it learns that a real account is acted on, and with which credentials', async (t) => {
  const notes: string[] = []
  const front = await started(t, { mode: 'sqs=forward', upstream: 'aws' }, { onNote: (note) => notes.push(note) })
  while (notes.length < 2) await new Promise((resolve) => setImmediate(resolve))
  t.deepEqual(notes, [
    'calls of sqs go on to AWS and act on a real account, and so do faults that repeat or delay one',
    'signing for AWS with AKIA…REAL, found in the environment',
  ])
  t.truthy(front)
})

test('where nothing is signed for, there is nothing to learn', async (t) => {
  const notes: string[] = []
  const front = await started(
    t,
    { mode: 'forward', upstream: 'http://localhost:1' },
    { onNote: (note) => notes.push(note) },
  )
  t.is((await ask(`${front.url}/`, 'ListQueues')).status, 503)
  t.deepEqual(notes, [])
})
