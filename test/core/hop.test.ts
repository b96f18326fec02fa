import test from 'ava'
import { type Exchange, type Outcome, createExchange, Presence, withRequest } from '../../src/core/exchange.ts'
import { type Hop, type Injector, chain, timed } from '../../src/core/hop.ts'

test('a chain of nothing is the hop itself', async (t) => {
  const { hop, calls } = recordingHop()
  t.deepEqual(await chain([], hop)(exchange()), answer('1'))
  t.is(calls.length, 1)
})

test('how long a leg took is written down, whether it answered or broke', async (t) => {
  const { hop } = recordingHop()
  const broken = (): Outcome => {
    throw new Error('a bug')
  }
  const incoming = exchange()
  t.deepEqual(await timed('mock', hop)(incoming), answer('1'))
  await t.throwsAsync(async () => timed('upstream', () => Promise.reject(new Error('a bug')))(incoming))
  t.throws(() => timed('replay', broken)(incoming), { message: 'a bug' })
  t.deepEqual(
    incoming.trace.legs.map(({ leg, durationMs }) => [leg, durationMs >= 0]),
    [
      ['mock', true],
      ['upstream', true],
      ['replay', true],
    ],
  )
})

test('injectors stand around the hop, the first outermost', async (t) => {
  const order: string[] = []
  const noting =
    (name: string): Injector =>
    async (incoming, next) => {
      order.push(`${name} in`)
      const outcome = await next(incoming)
      order.push(`${name} out`)
      return outcome
    }
  const { hop } = recordingHop(() => order.push('hop'))
  await chain([noting('a'), noting('b')], hop)(exchange())
  t.deepEqual(order, ['a in', 'b in', 'hop', 'b out', 'a out'])
})

test('an answer without next is a request that was lost: nothing behind it sees it', async (t) => {
  const { hop, calls } = recordingHop()
  const lost: Outcome = { kind: 'failure', failure: { ending: 'reset', reason: 'lost' } }
  const inner: Injector = (incoming, next) => next(incoming)
  t.is(await chain([async () => lost, inner], hop)(exchange()), lost)
  t.is(calls.length, 0)
})

test('next twice is a request that the network duplicated: everything behind it runs twice', async (t) => {
  const { hop, calls } = recordingHop()
  let passes = 0
  const twice: Injector = async (incoming, next) => {
    await next(incoming)
    return next(incoming)
  }
  const counting: Injector = (incoming, next) => {
    passes++
    return next(incoming)
  }
  t.deepEqual(await chain([twice, counting], hop)(exchange()), answer('2'))
  t.is(passes, 2)
  t.is(calls.length, 2)
})

test('an effect after next is a lost answer to a request that was executed', async (t) => {
  const { hop, calls } = recordingHop()
  const lost: Outcome = { kind: 'failure', failure: { ending: 'close', reason: 'the answer was lost' } }
  const losing: Injector = async (incoming, next) => {
    await next(incoming)
    return lost
  }
  t.is(await chain([losing], hop)(exchange()), lost)
  t.is(calls.length, 1)
})

test('what an injector passes on is what those behind it see, and only they', async (t) => {
  const { hop, calls } = recordingHop()
  const seenOutside: string[] = []
  const outer: Injector = async (incoming, next) => {
    const outcome = await next(incoming)
    seenOutside.push(incoming.request.target)
    return outcome
  }
  const changing: Injector = (incoming, next) =>
    next(withRequest(incoming, { ...incoming.request, target: '/changed' }))
  await chain([outer, changing], hop)(exchange())
  t.deepEqual(
    calls.map(({ request }) => request.target),
    ['/changed'],
  )
  t.deepEqual(seenOutside, ['/'])
})

test('one chain serves many exchanges at a time', async (t) => {
  const release: Array<() => void> = []
  const waiting: Injector = async (incoming, next) => {
    await new Promise<void>((resolve) => release.push(resolve))
    return next(incoming)
  }
  const { hop } = recordingHop()
  const through = chain([waiting], hop)
  const outcomes = Promise.all([through(exchange()), through(exchange())])
  for (const go of release.toReversed()) go()
  t.deepEqual(await outcomes, [answer('2'), answer('1')])
})

/** Answers with how many times it was called. */
function recordingHop(onCall: () => void = () => {}): { hop: Hop; calls: Exchange[] } {
  const calls: Exchange[] = []
  const hop: Hop = async (incoming) => {
    calls.push(incoming)
    onCall()
    return answer(String(calls.length))
  }
  return { hop, calls }
}

function answer(body: string): Outcome {
  return { kind: 'response', response: { status: 200, rawHeaders: [], body } }
}

function exchange(): Exchange {
  return createExchange({
    id: '00000000-0000-4000-8000-000000000000',
    leg: 'client',
    service: 'sqs',
    session: 'default',
    mount: '/sqs',
    origin: 'http://localhost:3000',
    caller: { accessKey: '', region: 'us-east-1', account: '000000000000', signingName: '' },
    request: { method: 'POST', target: '/', rawHeaders: [], body: Buffer.alloc(0) },
    receivedAtMs: 0,
    presence: new Presence(),
    decode: () => {
      throw new Error('nobody asks for the call here')
    },
  })
}
