import test from 'ava'
import { createExchange, header, Presence, type Exchange, type Result } from '../../src/core/exchange.ts'
import type { Protocol } from '../../src/core/service.ts'
import { mockHop } from '../../src/hops/mock.ts'
import { refusing } from '../../src/protocols/refusals.ts'
import { sqs } from '../../src/sqs/service.ts'

const json = sqs().protocols.find(({ name }) => name === 'awsJson1_0') as Protocol

function exchange(protocol = json): Exchange {
  return createExchange({
    id: 'f5a5f4b4-0000-4000-8000-000000000000',
    leg: 'client',
    service: 'sqs',
    session: 'default',
    mount: '',
    origin: 'http://localhost:3000',
    caller: { accessKey: '', account: '000000000000', region: 'us-east-1', signingName: '' },
    request: {
      method: 'POST',
      target: '/',
      rawHeaders: ['X-Amz-Target', 'AmazonSQS.ListQueues'],
      body: Buffer.from('{}'),
    },
    receivedAtMs: 0,
    presence: new Presence(),
    decode: (request, mount) => protocol.decodeRequest(request, mount),
  })
}

const answering = (result: Result | Promise<Result>): ReturnType<typeof mockHop> =>
  mockHop(() => ({ call: () => result, close: () => {} }))

test('an output is encoded in the protocol of the call, and travels with the answer', async (t) => {
  for (const result of [{ kind: 'output', output: { QueueUrls: ['u'] } } as const])
    for (const given of [result, Promise.resolve(result)]) {
      const outcome = await answering(given)(exchange())
      if (outcome.kind !== 'response') return t.fail()
      t.is(outcome.response.body.toString(), '{"QueueUrls":["u"]}')
      t.is(outcome.result, result)
    }
})

test('an answer says where it comes from', async (t) => {
  const outcome = await answering({ kind: 'output', output: {} })(exchange())
  t.is(outcome.kind === 'response' && header(outcome.response, 'x-pipit-source'), 'mock')
})

test('a hint goes into a header, not into the answer that clients parse', async (t) => {
  const error = { shape: 'A', code: 'B', status: 400, fault: 'Sender', message: 'c', hint: 'it is elsewhere' } as const
  const outcome = await answering({ kind: 'error', error })(exchange())
  if (outcome.kind !== 'response') return t.fail()
  t.is(outcome.response.rawHeaders[outcome.response.rawHeaders.indexOf('x-pipit-hint') + 1], 'it is elsewhere')
  t.false(outcome.response.body.includes('elsewhere'))
})

test('what cannot be decoded is answered without asking the service', async (t) => {
  const error = { shape: 'A', code: 'B', status: 413, fault: 'Sender', message: 'too much' } as const
  const hop = mockHop(() => {
    throw new Error('asked')
  })
  const outcome = await hop(exchange(refusing(json, error)))
  t.is(outcome.kind === 'response' && outcome.response.status, 413)
})

test('a bug in the service goes on to whoever catches bugs', (t) => {
  const hop = mockHop(() => ({
    call: () => {
      throw new Error('bug')
    },
    close: () => {},
  }))
  t.throws(() => hop(exchange()), { message: 'bug' })
})
