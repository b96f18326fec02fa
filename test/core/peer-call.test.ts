import test from 'ava'
import { ServiceError } from '../../src/core/errors.ts'
import { type Exchange, type Result, createExchange, Presence, withDisruption } from '../../src/core/exchange.ts'
import { callPeer } from '../../src/core/peer-call.ts'
import type { Peer } from '../../src/core/service.ts'
import { echo } from '../echo-service.ts'

function exchangeAt(mount: string): Exchange {
  return createExchange({
    id: '1',
    leg: 'client',
    service: 'sns',
    session: 'blue',
    mount,
    origin: 'http://h',
    caller: { accessKey: 'k', region: 'eu-west-1', account: '111111111111', signingName: 'sns' },
    request: { method: 'POST', target: '/', rawHeaders: [], body: Buffer.alloc(0) },
    receivedAtMs: 0,
    presence: new Presence(),
    decode: () => {
      throw new Error('the request is not read')
    },
  })
}

function peer(result: Result = { kind: 'output', output: { said: true } }): Peer & { readonly asked: Exchange[] } {
  const asked: Exchange[] = []
  const mock = {
    call: (_call: unknown, exchange: Exchange) => {
      asked.push(exchange)
      return result
    },
    close: () => {},
  }
  return { service: echo(), mock, asked }
}

test('the other one is called for the same caller, under its own name and mount', async (t) => {
  const other = peer()
  t.deepEqual(await callPeer(other, exchangeAt('/s/blue/sns'), { operation: 'Say', input: { text: 'x' } }), {
    said: true,
  })
  const [asked] = other.asked
  t.like(asked, {
    service: 'echo',
    session: 'blue',
    mount: '/s/blue/echo',
    caller: { accessKey: 'k', region: 'eu-west-1', account: '111111111111', signingName: 'echo' },
  })
  t.like(asked?.call(), { operation: 'Say', input: { text: 'x' }, path: '/' })
})

test('a region and an account may be said, and a mount without a name stays', async (t) => {
  const other = peer()
  await callPeer(other, exchangeAt(''), { operation: 'Say', input: {}, region: 'moon', account: '222222222222' })
  t.like(other.asked[0], { mount: '', caller: { region: 'moon', account: '222222222222' } })
})

test('a fault of this service is none of the other', async (t) => {
  const other = peer()
  const disrupted = withDisruption(exchangeAt('/sns'), { name: 'x', args: {}, draw: () => 0, acted: () => {} })
  await callPeer(other, disrupted, { operation: 'Say', input: {} })
  t.deepEqual(other.asked[0]?.disruptions, [])
})

test('what the other one refuses is thrown, and an operation that it does not have is a mistake in the code', async (t) => {
  const error = { shape: 'S', code: 'C', status: 400, fault: 'Sender', message: 'm' } as const
  const refusing = peer({ kind: 'error', error })
  const refusal = await t.throwsAsync(callPeer(refusing, exchangeAt(''), { operation: 'Say', input: {} }), {
    instanceOf: ServiceError,
  })
  t.is(refusal.error, error)
  await t.throwsAsync(callPeer(peer(), exchangeAt(''), { operation: 'Sya', input: {} }), {
    instanceOf: TypeError,
    message: 'echo has no operation Sya (did you mean "Say"?)',
  })
})
