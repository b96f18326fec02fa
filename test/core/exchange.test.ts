import test from 'ava'
import {
  type Call,
  type DecodeFailure,
  type Exchange,
  type ExchangeInit,
  type HttpRequest,
  Presence,
  createExchange,
  header,
  isDecodeFailure,
  withCall,
  withDisruption,
  withLeg,
  withRequest,
} from '../../src/core/exchange.ts'
import type { Protocol } from '../../src/core/service.ts'

for (const { title, rawHeaders, name, value } of [
  { title: 'as written', rawHeaders: ['content-type', 'a'], name: 'content-type', value: 'a' },
  { title: 'in any case', rawHeaders: ['X-Amz-TARGET', 'a'], name: 'x-amz-target', value: 'a' },
  { title: 'the first of repeats', rawHeaders: ['Via', 'a', 'via', 'b'], name: 'via', value: 'a' },
  { title: 'past others of the same length', rawHeaders: ['Hosu', 'a', 'Host', 'b'], name: 'host', value: 'b' },
  { title: 'never by a value', rawHeaders: ['A', 'host', 'B', 'c'], name: 'host', value: undefined },
  { title: 'though its value is empty', rawHeaders: ['Host', ''], name: 'host', value: '' },
  { title: 'not by a part of its name', rawHeaders: ['Hosts', 'a'], name: 'host', value: undefined },
  { title: 'not where there are none', rawHeaders: [], name: 'host', value: undefined },
]) {
  test(`a header is found ${title}`, (t) => {
    t.is(header({ rawHeaders }, name), value)
  })
}

test('an exchange carries what it was made of', (t) => {
  const init = exchangeInit()
  const exchange = createExchange(init)
  t.like(exchange, {
    id: init.id,
    leg: 'client',
    service: 'sqs',
    session: 'default',
    mount: '/sqs',
    origin: 'http://localhost:3000',
    caller: init.caller,
    request: init.request,
    receivedAtMs: 5,
  })
})

test('the call is decoded when it is first asked for, and once', (t) => {
  const decoded: string[] = []
  const exchange = createExchange(exchangeInit(decoded))
  t.deepEqual(decoded, [])
  const call = exchange.call()
  t.is(exchange.call(), call)
  t.deepEqual(decoded, ['/sqs /first'])
})

test('a copy with another request decodes again, under the same mount; the original stays', (t) => {
  const decoded: string[] = []
  const original = createExchange(exchangeInit(decoded))
  const before = original.call()
  const copy = withRequest(original, { ...original.request, target: '/second' })
  t.is(operation(copy.call()), '/second')
  t.is(original.call(), before)
  t.is(operation(before), '/first')
  t.is(original.request.target, '/first')
  t.deepEqual(decoded, ['/sqs /first', '/sqs /second'])
  t.is(copy.id, original.id)
})

test('a copy of a copy keeps everything but the request', (t) => {
  const original = createExchange(exchangeInit())
  const copy = withRequest(withRequest(original, request('/second')), request('/third'))
  t.is(operation(copy.call()), '/third')
  t.like(copy, { id: original.id, session: original.session, mount: original.mount, caller: original.caller })
})

test('what changes something else than the request keeps the call that was read', (t) => {
  const decoded: string[] = []
  const original = createExchange(exchangeInit(decoded))
  const copy = withLeg(original, 'mock')
  t.is(copy.leg, 'mock')
  t.is(copy.call(), original.call())
  t.deepEqual(decoded, ['/sqs /first'])
})

test('a copy with another call says that, whatever the request says, and can go to another service', (t) => {
  const decoded: string[] = []
  const original = createExchange(exchangeInit(decoded))
  const call = { protocol: {} as Protocol, operation: 'Other', input: { a: 1 }, path: '/' }
  const copy = withLeg(withCall(original, call, { service: 'sns' }), 'mock')
  t.is(copy.call(), call)
  t.is(copy.service, 'sns')
  t.is(copy.request, original.request)
  t.is(copy.trace, original.trace)
  t.is(original.service, 'sqs')
  t.deepEqual(decoded, [])
})

test('disruptions add up in copies, and every copy keeps them', (t) => {
  const original = createExchange(exchangeInit())
  const how = { draw: () => 0, acted: () => {} }
  const once = withDisruption(original, { name: 'reorder', args: { window: 5 }, ...how })
  const twice = withRequest(withLeg(withDisruption(once, { name: 'fewer', args: {}, ...how }), 'mock'), request('/b'))
  t.deepEqual(original.disruptions, [])
  t.deepEqual(
    twice.disruptions.map(({ name }) => name),
    ['reorder', 'fewer'],
  )
})

test('every copy writes into the one trace', (t) => {
  const original = createExchange(exchangeInit())
  const copy = withRequest(withLeg(original, 'mock'), request('/second'))
  copy.trace.fired({ rule: 'slow', effect: 'reset', leg: 'mock', phase: 'after-commit', n: 1 })
  t.is(original.trace, copy.trace)
  t.is(original.trace.faults.length, 1)
})

test('only what createExchange made can be copied', (t) => {
  const original = createExchange(exchangeInit())
  const foreign = { ...original, call: () => original.call(), signal: original.signal } as Exchange
  t.throws(() => withRequest(foreign, request('/second')), { instanceOf: TypeError })
})

test('the signal fires when the client goes away, in copies too', (t) => {
  let leave = (): void => t.fail('nobody watches')
  const presence = new Presence((left) => (leave = left))
  const original = createExchange(exchangeInit([], presence))
  const copy = withRequest(original, request('/second'))
  let fired = 0
  original.signal.addEventListener('abort', () => fired++)
  t.is(copy.signal, original.signal)
  t.false(original.signal.aborted)
  leave()
  leave()
  t.is(fired, 1)
  t.true(copy.signal.aborted)
})

test('who asks after the client has gone gets a signal that has fired', (t) => {
  t.true(createExchange(exchangeInit([], new Presence((leave) => leave()))).signal.aborted)
})

test('who asks is called back once when the client goes, unless it calls off; at once when it has gone', (t) => {
  let leave = (): void => t.fail('nobody watches')
  const exchange = createExchange(exchangeInit([], new Presence((left) => void (leave = left))))
  const told: string[] = []
  exchange.onLeave(() => told.push('one'))
  exchange.onLeave(() => told.push('off'))()
  withRequest(exchange, request('/second')).onLeave(() => told.push('copy'))
  t.deepEqual(told, [])
  leave()
  leave()
  t.deepEqual(told, ['one', 'copy'])
  exchange.onLeave(() => told.push('late'))
  t.deepEqual(told, ['one', 'copy', 'late'])
  t.true(exchange.signal.aborted)
})

test('nobody watches the client until somebody asks for the signal, and then one watches', (t) => {
  let watches = 0
  const exchange = createExchange(exchangeInit([], new Presence(() => watches++)))
  t.is(watches, 0)
  t.is(exchange.signal, exchange.signal)
  t.is(watches, 1)
})

test('a call and what could not be decoded are told apart', (t) => {
  const failure: DecodeFailure = {
    protocol,
    error: { shape: 'A', code: 'B', status: 400, fault: 'Sender', message: 'c' },
  }
  t.true(isDecodeFailure(failure))
  t.false(isDecodeFailure({ protocol, operation: 'A', input: {}, path: '/' }))
})

const protocol: Protocol = {
  name: 'none',
  claims: () => true,
  encodeRequest: (_call, like) => like,
  decodeRequest: () => ({ protocol, operation: '', input: {}, path: '/' }),
  encodeResponse: () => ({ status: 200, rawHeaders: [], body: '' }),
  decodeResponse: () => undefined,
}

function request(target: string): HttpRequest {
  return { method: 'POST', target, rawHeaders: [], body: Buffer.alloc(0) }
}

/** Decodes to a call whose operation is the target; `decoded` notes each time it happens. */
function exchangeInit(decoded: string[] = [], presence = new Presence()): ExchangeInit {
  return {
    id: '00000000-0000-4000-8000-000000000000',
    leg: 'client',
    service: 'sqs',
    session: 'default',
    mount: '/sqs',
    origin: 'http://localhost:3000',
    caller: { accessKey: 'test', region: 'us-east-1', account: '000000000000', signingName: 'sqs' },
    request: request('/first'),
    receivedAtMs: 5,
    presence,
    decode(incoming, mount) {
      decoded.push(`${mount} ${incoming.target}`)
      return { protocol, operation: incoming.target, input: {}, path: '/' }
    },
  }
}

function operation(call: Call | DecodeFailure): string {
  return isDecodeFailure(call) ? call.error.code : call.operation
}
