import { once } from 'node:events'
import net from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { type Clock, createWallClock } from '../src/core/clock.ts'
import type { Finished } from '../src/core/finished.ts'
import * as v from 'valibot'
import { strictly } from '../src/core/strictly.ts'
import { defineInjector } from '../src/plugins/define-injector.ts'
import { defineService } from '../src/plugins/define-service.ts'
import { createGateway, type Gateway, type GatewayOptions } from '../src/gateway.ts'
import { loadConfig } from '../src/config.ts'
import { echo } from './echo-service.ts'

const { config } = loadConfig({ flags: { port: '0' }, env: {}, cwd: import.meta.dirname })

async function started(t: ExecutionContext, options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  const gateway = createGateway({ config, services: [echo()], ...options })
  await gateway.start()
  t.teardown(() => gateway.close())
  return gateway
}

function say(
  gateway: Gateway,
  path: string,
  operation = 'Say',
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `Echo.${operation}`, ...headers },
    body: JSON.stringify({ text: 'hello' }),
  })
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}

async function raw(gateway: Gateway, bytes: string): Promise<string> {
  const port = gateway.addresses[0]?.port ?? 0
  const socket = net.connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

test('a second service is one line in the table, under its prefix and by what its protocol claims', async (t) => {
  const gateway = await started(t)
  const prefixed = await say(gateway, '/echo/')
  t.is(prefixed.status, 200)
  t.deepEqual(await prefixed.json(), { text: 'hello', origin: `${gateway.url}/echo` })
  t.deepEqual(await (await say(gateway, '/')).json(), { text: 'hello', origin: gateway.url })
})

test('every answer has a request id of its own, and the log is told what crossed', async (t) => {
  const lines: Finished[] = []
  const gateway = await started(t, { onFinished: (finished) => lines.push(finished) })
  const ids = [await say(gateway, '/'), await say(gateway, '/')].map((r) => r.headers.get('x-amzn-requestid'))
  t.is(new Set(ids).size, 2)
  t.deepEqual(
    lines.map(({ exchange }) => exchange.id),
    ids,
  )
  t.is(lines[0]?.description.resource, 'hello')
  t.true((lines[0]?.sentBytes ?? 0) > 0)
  t.true((lines[0]?.durationMs ?? 0) > 0)
})

test('a service that nobody serves is refused by name, in the protocol that was spoken', async (t) => {
  const gateway = await started(t)
  const json = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem', 'content-type': 'application/x-amz-json-1.0' },
    body: '{}',
  })
  t.is(json.status, 404)
  t.regex(await json.text(), /pipit has no route for service 'DynamoDB_20120810'. It serves: echo\./)
  const signed = await fetch(`${gateway.url}/bucket/key`, {
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, Signature=x' },
  })
  t.is(signed.status, 404)
  t.regex(await signed.text(), /<Message>pipit has no route for service 's3'/)
})

test('a request that names no operation gets the terse answer of AWS, and a hint', async (t) => {
  const gateway = await started(t)
  const answer = await fetch(`${gateway.url}/000000000000/orders`)
  t.is(answer.status, 404)
  t.is(await answer.text(), '<UnknownOperationException/>')
  t.regex(answer.headers.get('x-pipit-hint') ?? '', /names no operation/)
})

test('a bug is an honest 500 without its insides, and the operator is told', async (t) => {
  const errors: unknown[] = []
  const gateway = await started(t, { onError: (error) => errors.push(error) })
  const answer = await say(gateway, '/', 'Break')
  t.is(answer.status, 500)
  t.false((await answer.text()).includes('the insides'))
  t.regex(String(errors[0]), /the insides/)
  t.is((await say(gateway, '/')).status, 200)
})

test('a service that cannot describe its calls is told about, and its clients are answered', async (t) => {
  const errors: unknown[] = []
  const describe = (): never => {
    throw new Error('no words')
  }
  const onError = (error: unknown): void => void errors.push(error)
  const gateway = await started(t, { services: [{ ...echo(), describe }], onError, onFinished: () => {} })
  t.is((await say(gateway, '/')).status, 200)
  t.regex(String(errors[0]), /no words/)
})

test('one who is told of what crossed and throws is told about, and the gateway lives on', async (t) => {
  const errors: unknown[] = []
  let calls = 0
  const onFinished = (): void => {
    if (calls++ === 0) throw new Error('no ears')
  }
  const gateway = await started(t, { onFinished, onError: (error) => errors.push(error) })
  t.is((await say(gateway, '/')).status, 500)
  t.is((await say(gateway, '/')).status, 200)
  t.regex(String(errors[0]), /no ears/)
})

test('a gateway that nobody asks anything has nothing planned: it does not tick', async (t) => {
  const real = createWallClock()
  const planned = new Set<object>()
  const wall: Clock = {
    nowMs: () => real.nowMs(),
    schedule(atMs, task) {
      const key = {}
      planned.add(key)
      const cancel = real.schedule(atMs, () => {
        planned.delete(key)
        task()
      })
      return () => {
        planned.delete(key)
        cancel()
      }
    },
  }
  const gateway = await started(t, { wall })
  t.is((await say(gateway, '/')).status, 200)
  t.is(planned.size, 0)
})

test('livez and readyz answer, as do the names of other tools', async (t) => {
  const gateway = await started(t)
  for (const path of ['/_pipit/livez', '/_pipit/readyz', '/health'])
    t.is((await fetch(gateway.url + path)).status, 200, path)
  const health = (await (await fetch(`${gateway.url}/_localstack/health`)).json()) as { services: object }
  t.deepEqual(health.services, { echo: 'running' })
  t.is((await fetch(`${gateway.url}/_pipit/nonsense`)).status, 404)
})

test('a page of another origin may call by POST after a preflight, and cannot make a GET do anything', async (t) => {
  const gateway = await started(t)
  const origin = 'http://app.example'
  const preflight = await fetch(gateway.url, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  })
  t.is(preflight.status, 204)
  t.is(preflight.headers.get('access-control-allow-origin'), origin)
  t.regex(preflight.headers.get('access-control-allow-headers') ?? '', /x-amz-target/)
  const post = await say(gateway, '/', 'Say', { origin })
  t.is(post.headers.get('access-control-allow-origin'), origin)
  t.regex(post.headers.get('access-control-expose-headers') ?? '', /x-amzn-requestid/)
  const get = await fetch(`${gateway.url}/?Action=DeleteQueue`, { headers: { origin } })
  t.is(get.status, 403)
})

test('a client that goes away while it waits is noticed', async (t) => {
  const abort = new AbortController()
  const { promise: left, resolve: onLeave } = deferred()
  const gateway = await started(t, { services: [echo({ onWait: () => abort.abort(), onLeave })] })
  const waiting = fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'Echo.Wait' },
    body: '{}',
    signal: abort.signal,
  })
  await t.throwsAsync(waiting, { any: true })
  await left
  t.pass()
})

test('closing answers who waits, and does not wait for idle connections', async (t) => {
  const { promise: allWait, resolve } = deferred()
  let waiters = 0
  const gateway = await started(t, { services: [echo({ onWait: () => ++waiters === 20 && resolve() })] })
  await say(gateway, '/')
  const waiting = Promise.all(Array.from({ length: 20 }, () => say(gateway, '/', 'Wait')))
  await allWait
  await gateway.close()
  for (const answer of await waiting) t.is(answer.status, 200)
  await t.throwsAsync(fetch(gateway.url))
})

test('what plugins add is served and stands before services, and a rule may use it', async (t) => {
  const greeter = defineService({ name: 'greeter', operations: { Say: ({ Name }) => ({ Greeting: `Hello ${Name}` }) } })
  const loud = defineInjector({
    name: 'loud',
    on: { service: 'greeter' },
    after: ({ Greeting }) => ({ Greeting: `${String(Greeting)}!` }),
  })
  const shout = defineInjector({
    name: 'shout',
    args: strictly({ suffix: v.optional(v.string(), '') }),
    before: ({ Name }, { args }) => ({ Name: String(Name).toUpperCase() + args.suffix }),
  })
  const plugins = { services: [greeter], injectors: [loud, shout] }
  const faults = [{ id: 'use-it', on: { operation: 'Say' }, do: { use: 'shout', args: { suffix: '?' } } }]
  const gateway = await started(t, { plugins, faults })
  const answer = await fetch(`${gateway.url}/greeter/?Action=Say&Name=Ada`)
  t.regex(await answer.text(), /<Greeting>Hello ADA\?!<\/Greeting>/)
  t.is(answer.headers.get('x-pipit-fault'), 'loud;n=1, use-it;n=1')
  const wrong = [{ do: { use: 'shout', args: { sufix: '?' } } }]
  t.throws(() => createGateway({ config, services: [echo()], plugins, faults: wrong }), {
    message: /args\.sufix: unknown key \(did you mean "suffix"\?\)/,
  })
})

test('a body above the limit is refused, and the connection can go on', async (t) => {
  const gateway = await started(t)
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'Echo.Say' },
    body: 'x'.repeat(10_000_000),
  })
  t.is(answer.status, 413)
  t.regex(await answer.text(), /longer than 8388608 bytes/)
  t.is((await say(gateway, '/')).status, 200)
})

test('what is not HTTP, and a head that is too long, get a clear answer', async (t) => {
  const gateway = await started(t)
  t.regex(await raw(gateway, 'SSH-2.0-nope\r\n\r\n'), /^HTTP\/1\.1 400 Bad Request\r\n[^]*not an HTTP\/1\.1 request/)
  const long = `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`
  t.regex(await raw(gateway, long), /^HTTP\/1\.1 431 [^]*longer than 65536 bytes/)
  t.is((await say(gateway, '/')).status, 200)
})

test('a gateway opens ports for others itself, and its journal and its log tell what crosses', async (t) => {
  const lines: Finished[] = []
  const { config: forwarding } = loadConfig({ flags: { port: '0' }, env: {}, cwd: import.meta.dirname })
  const other = await started(t)
  const target = { host: '127.0.0.1', port: other.addresses[0]?.port ?? 0 }
  const monitors = [{ listen: { host: undefined, port: 0 }, target }]
  const gateway = await started(t, { config: { ...forwarding, monitors }, onFinished: (line) => lines.push(line) })
  const [monitor] = gateway.monitors.all()
  const answer = await fetch(`${monitor?.url}/echo/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'Echo.Say' },
    body: JSON.stringify({ text: 'hello' }),
  })
  t.deepEqual(await answer.json(), { text: 'hello', origin: `${monitor?.url}/echo` })
  const journal = await fetch(`${gateway.url}/_pipit/journal?filter=source%3Dmonitor`)
  const { exchanges } = (await journal.json()) as { exchanges: Record<string, unknown>[] }
  t.is(exchanges.length, 1)
  t.like(exchanges[0], { operation: 'Say', resource: 'hello', status: 200, source: 'monitor' })
  t.is(lines[0]?.exchange.trace.via, `:${monitor?.port} -> ${monitor?.target}`)
  const { port } = (await (
    await fetch(`${gateway.url}/_pipit/monitors`, {
      method: 'POST',
      body: JSON.stringify(`0 127.0.0.1 ${target.port}`),
    })
  ).json()) as { port: number }
  t.is((await fetch(`http://127.0.0.1:${port}/health`)).status, 200)
  t.deepEqual(
    gateway.monitors.all().map((each) => each.port),
    [monitor?.port, port],
  )
})

test('faults on the wire stand at the ports that a gateway forwards, from its config and over HTTP', async (t) => {
  const { config: loaded } = loadConfig({
    flags: { port: '0', fault: ['wire: nth=1 id=late latency 30ms'] },
    env: {},
    cwd: import.meta.dirname,
  })
  const other = await started(t)
  const target = { host: '127.0.0.1', port: other.addresses[0]?.port ?? 0 }
  const gateway = await started(t, {
    config: { ...loaded, monitors: [{ listen: { host: undefined, port: 0 }, target }] },
  })
  const [monitor] = gateway.monitors.all()
  const ask = () => fetch(`${monitor?.url}/health`, { headers: { connection: 'close' } })
  t.is((await ask()).status, 200)
  const rule = { id: 'gone', at: 'wire', on: { port: monitor?.port }, do: { reset: 'after-commit' } }
  await fetch(`${gateway.url}/_pipit/faults`, { method: 'POST', body: JSON.stringify(rule) })
  await t.throwsAsync(ask())
  const { faults } = (await (await fetch(`${gateway.url}/_pipit/faults`)).json()) as {
    faults: { id: string; fired: number }[]
  }
  t.deepEqual(
    faults.map(({ id, fired }) => [id, fired]),
    [
      ['late', 1],
      ['gone', 1],
    ],
  )
  const journal = await fetch(`${gateway.url}/_pipit/journal?filter=fault%3Dgone`)
  const { exchanges } = (await journal.json()) as { exchanges: Record<string, unknown>[] }
  t.like(exchanges[0], { failure: 'reset', source: 'monitor' })
  await fetch(`${gateway.url}/_pipit/faults`, { method: 'DELETE' })
  t.is((await ask()).status, 200)
})
