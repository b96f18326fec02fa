import test from 'ava'
import { answerInstead, errorReply, withHeaders, withOutput } from '../../src/injectors/reply.ts'
import { answerOf, exchangeOf, firingOf, LOST, responseOf, SENT, sqsService } from './acting.ts'

const overLimit = sqsService.errors.find(({ code }) => code === 'OverLimit')
const exchange = exchangeOf()

test('an error is said in the protocol of the caller', (t) => {
  if (overLimit === undefined) return t.fail()
  t.like(errorReply(exchange, overLimit), { response: { status: 403 }, result: { kind: 'error', error: overLimit } })
  t.regex(String(errorReply(exchangeOf({ protocol: 'query' }), overLimit).response.body), /^<\?xml/)
})

test('instead of an answer that was lost there is none', async (t) => {
  const happened: string[] = []
  const instead = { what: 'x', answer: () => responseOf({ outcome: answerOf(exchange) }) }
  const next = () => Promise.resolve(LOST)
  t.is(await answerInstead({ ...instead, phase: 'after-commit' }, exchange, next, firingOf({ happened })), LOST)
  t.deepEqual(happened, [])
  t.is(
    (await answerInstead({ ...instead, phase: 'before-commit' }, exchange, next, firingOf({ happened }))).kind,
    'response',
  )
  t.deepEqual(happened, ['before-commit x'])
})

test('another output is encoded again, and everything else stays', (t) => {
  const outcome = { ...responseOf({ outcome: answerOf(exchange) }), delivery: [{ kind: 'wait', ms: 1 }] } as const
  const changed = withOutput(exchange, outcome, (output) => ({ ...output, MessageId: 'b' }))
  t.deepEqual(changed, {
    ...outcome,
    response: { ...outcome.response, body: JSON.stringify({ ...SENT, MessageId: 'b' }) },
    result: { kind: 'output', output: { ...SENT, MessageId: 'b' } },
  })
})

test('there is none where nobody knows what was said, or nothing changes', (t) => {
  const change = (output: object) => ({ ...output })
  if (overLimit === undefined) return t.fail()
  t.is(withOutput(exchange, LOST, change), undefined)
  t.is(withOutput(exchange, errorReply(exchange, overLimit), change), undefined)
  t.is(withOutput(exchangeOf({ operation: 'Nonsense' }), answerOf(exchange), change), undefined)
  t.is(
    withOutput(exchange, answerOf(exchange), () => undefined),
    undefined,
  )
})

test('a bug in a protocol is not taken for something that it cannot say', (t) => {
  const call = exchange.call()
  const protocol = {
    ...call.protocol,
    encodeResponse: () => {
      throw new RangeError('a bug')
    },
  }
  const broken = { ...exchange, call: () => ({ ...call, protocol }) } as typeof exchange
  t.throws(() => withOutput(broken, answerOf(exchange), (output) => ({ ...output })), { message: 'a bug' })
})

test('headers are replaced whatever their case, repeats included', (t) => {
  const answer = {
    kind: 'response',
    response: { status: 200, rawHeaders: ['A', '1', 'B', 'a', 'a', '2', 'C', '3'], body: '' },
  } as const
  t.deepEqual(withHeaders(answer, { a: 'x', c: null, D: 'y' }).response.rawHeaders, ['B', 'a', 'a', 'x', 'D', 'y'])
})
