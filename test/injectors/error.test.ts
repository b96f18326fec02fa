import test from 'ava'
import { header } from '../../src/core/exchange.ts'
import { error } from '../../src/injectors/error.ts'
import { act, answerOf, bodyOf, complaint, exchangeOf, responseOf, sqsService } from './acting.ts'

test('the error comes with the status and the shape of the table, and nothing is executed', async (t) => {
  const acted = await act(error, 'RequestThrottled')
  const { response, result } = responseOf(acted)
  t.is(response.status, 403)
  t.is(header(response, 'x-amzn-query-error'), 'RequestThrottled;Sender')
  t.like(JSON.parse(bodyOf(acted)), { __type: 'com.amazonaws.sqs#RequestThrottled' })
  t.like(result, { kind: 'error' })
  t.is(acted.executed, 0)
  t.deepEqual(acted.happened, ['before-commit error RequestThrottled'])
})

test('it speaks the protocol of the caller', async (t) => {
  const acted = await act(error, 'QueueDoesNotExist', { protocol: 'query' })
  t.is(responseOf(acted).response.status, 400)
  t.regex(bodyOf(acted), /<Code>AWS\.SimpleQueueService\.NonExistentQueue<\/Code>/)
  t.regex(bodyOf(acted), /for this wsdl version/)
})

test('a status and a text of its own count in both protocols', async (t) => {
  for (const protocol of ['json', 'query'] as const) {
    const acted = await act(error, { code: 'QueueDoesNotExist', status: 503, message: 'gone' }, { protocol })
    t.is(responseOf(acted).response.status, 503)
    t.regex(bodyOf(acted), /gone/)
    t.notRegex(bodyOf(acted), /wsdl/)
    t.like(responseOf(acted).result, { error: { fault: 'Receiver' } })
  }
  // The table's own status for query is another one.
  t.is(responseOf(await act(error, { code: 'AccessDenied', status: 400 }, { protocol: 'query' })).response.status, 400)
  t.is(responseOf(await act(error, 'AccessDenied', { protocol: 'query' })).response.status, 403)
})

test('one that nobody knows can be made up, with a status', async (t) => {
  const acted = await act(error, { code: 'MadeUp', status: 418 })
  t.is(responseOf(acted).response.status, 418)
  t.is(header(responseOf(acted).response, 'x-amzn-query-error'), 'MadeUp;Sender')
  t.is(error.check?.({ code: 'MadeUp', status: 418, phase: 'before-commit' }, [sqsService], 'client'), undefined)
  t.is(
    error.check?.({ code: 'OverLimt', phase: 'before-commit' }, [sqsService], 'client'),
    'no service has an error "OverLimt" (did you mean "OverLimit"?); one that nobody knows needs a status',
  )
})

test('after-commit the request is executed, and its answer is this one', async (t) => {
  const delivery = [{ kind: 'wait', ms: 5 }] as const
  const acted = await act(
    error,
    { code: 'InternalFailure', phase: 'after-commit' },
    { next: (exchange) => ({ ...answerOf(exchange), kind: 'response', delivery }) as never },
  )
  t.is(acted.executed, 1)
  t.is(responseOf(acted).response.status, 500)
  t.deepEqual(responseOf(acted).delivery, delivery)
  t.deepEqual(acted.happened, ['after-commit error InternalFailure'])
})

test('a call that cannot be read gets it too', async (t) => {
  const acted = await act(error, 'OverLimit', { operation: 'Nonsense' })
  t.is(responseOf(acted).response.status, 403)
})

test('a service that does not know it is left alone', async (t) => {
  for (const service of [undefined, { ...sqsService, errors: [] }]) {
    const { executed, happened, outcome } = await act(error, 'OverLimit', { service })
    t.is(executed, 1)
    t.deepEqual(happened, [])
    t.deepEqual(outcome, answerOf(exchangeOf()))
  }
})

for (const [given, text] of [
  ['', 'expected the code of an error like "RequestThrottled"'],
  ['two\r\nlines', 'expected the code of an error like "RequestThrottled"'],
  [{}, 'code: missing'],
  [{ code: 'X', stauts: 5 }, 'stauts: unknown key (did you mean "status"?)'],
  [{ code: 'X', status: 100 }, 'status: expected an HTTP status from 200 to 599'],
  [
    { code: 'X', phase: 'after-comit' },
    'phase: expected one of before-commit, after-commit (did you mean "after-commit"?)',
  ],
] as const)
  test(`${JSON.stringify(given)} is no error`, (t) => {
    t.is(complaint(error, given), text)
  })
