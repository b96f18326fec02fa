import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { header, type Outcome } from '../../src/core/exchange.ts'
import type { OnMiss } from '../../src/core/service.ts'
import { replayHop } from '../../src/hops/replay.ts'
import { fixtureOfCalls, play } from '../fixtures/replayed-suite.ts'
import { create } from '../fixtures/suites.ts'
import { exchangeOf, recordSuite } from '../fixtures/virtual-suite.ts'

const fixture = fixtureOfCalls(recordSuite(() => [create('q')], { seed: 1 }))
const from = (source: string) => (): Outcome => ({
  kind: 'response',
  response: { status: 299, rawHeaders: ['from', source], body: '' },
})

function hop(
  policy: OnMiss = 'error',
  replayOf = () => play(fixture).replay as ReturnType<Parameters<typeof replayHop>[0]['replayOf']>,
) {
  return replayHop({ replayOf, onMissOf: () => policy, mock: from('mock'), forward: from('forward') })
}

const asked = (name: string) => exchangeOf('CreateQueue', { QueueName: name }, '000000000000', 0)

async function answered(outcome: Outcome | Promise<Outcome>) {
  const ended = await outcome
  if (ended.kind === 'failure') throw new Error(ended.failure.reason)
  const { response } = ended
  return {
    status: response.status,
    body: String(response.body),
    source: header(response, 'x-pipit-source'),
    from: header(response, 'from'),
  }
}

test('what is in the fixture is answered from it', async (t) => {
  const exchange = asked('q')
  const { status, body, source } = await answered(hop()(exchange))
  t.deepEqual([status, body, source], [200, '{"QueueUrl":"http://localhost:3000/sqs/000000000000/q"}', 'replay'])
  t.is(exchange.trace.source, 'replay')
})

test('a miss is an error of AWS’s form, or what the operator wants it to be', async (t) => {
  const exchange = asked('other')
  const { status, body, source } = await answered(hop()(exchange))
  t.deepEqual([status, source, exchange.trace.source], [400, 'miss', 'miss'])
  t.regex(
    body,
    /^\{"__type":"com\.amazonaws\.sqs#PipitFixtureMiss","message":"CreateQueue of other is not in the fixture test/,
  )
  t.like(await answered(hop('mock')(asked('other'))), { from: 'mock', source: 'mock' })
  t.like(await answered(hop('forward')(asked('other'))), { from: 'forward' })
  t.like(await answered(hop('record')(asked('other'))), { from: 'forward' })
})

test('a fixture that cannot be read is told to whoever asks', async (t) => {
  const broken = hop('mock', () => {
    throw new PipitError('bad-fixture', 'a.json: line 1, column 1: expected a value')
  })
  const { status, body } = await answered(broken(asked('q')))
  t.is(status, 400)
  t.true(body.includes('PipitFixture') && body.includes('a.json: line 1, column 1: expected a value'))
  const bug = hop('mock', () => {
    throw new TypeError('a bug')
  })
  await t.throwsAsync(async () => bug(asked('q')), { message: 'a bug' })
})

test('a session that is gone answers nothing', async (t) => {
  const outcome = await hop('error', () => undefined)(asked('q'))
  t.is(outcome.kind, 'failure')
})
