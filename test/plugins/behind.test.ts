import test from 'ava'
import { ServiceError } from '../../src/core/errors.ts'
import type { Exchange, Outcome } from '../../src/core/exchange.ts'
import { Behind, NotItsDoing } from '../../src/plugins/behind.ts'

const exchange = {} as Exchange
const response = { status: 200, rawHeaders: [], body: '' }
const said: Outcome = { kind: 'response', response, result: { kind: 'output', output: { a: 1 } } }
const error = { shape: 'S', code: 'C', status: 400, fault: 'Sender', message: 'm' } as const
const refused: Outcome = { kind: 'response', response, result: { kind: 'error', error } }

test('a request counts as executed from when it is passed on', async (t) => {
  const behind = new Behind(() => Promise.resolve(said))
  t.is(behind.phase, 'before-commit')
  t.is(await behind.call(exchange), said)
  t.is(behind.phase, 'after-commit')
})

test('an output is handed out; an error is thrown, and known again when it comes back', (t) => {
  const behind = new Behind(() => Promise.resolve(said))
  t.deepEqual(behind.outputOf(said), { a: 1 })
  const thrown = t.throws(() => behind.outputOf(refused), { instanceOf: ServiceError })
  t.is(behind.passed(thrown), refused)
  t.is(behind.passed(new ServiceError(error)), undefined)
})

test('a lost answer, an answer that nobody can read and a bug go out as they are', async (t) => {
  const lost: Outcome = { kind: 'failure', failure: { ending: 'reset', reason: 'a fault' } }
  const unread: Outcome = { kind: 'response', response }
  const behind = new Behind(() => Promise.reject(new TypeError('a bug')))
  for (const outcome of [lost, unread])
    t.is(t.throws(() => behind.outputOf(outcome), { instanceOf: NotItsDoing }).end(), outcome)
  const bug = await t.throwsAsync(behind.call(exchange), { instanceOf: NotItsDoing })
  t.throws(() => bug.end(), { message: 'a bug' })
})

test('calling on has an end', async (t) => {
  const behind = new Behind(() => Promise.resolve(said))
  for (let i = 0; i < 100; i++) await behind.call(exchange)
  await t.throwsAsync(behind.call(exchange), { instanceOf: RangeError, message: /more than 100 times/ })
})
