import test from 'ava'
import { attemptNumber, attemptOf, mostAttempts } from '../../src/core/attempt.ts'

const of = (...rawHeaders: string[]) => attemptOf({ rawHeaders })

test('an SDK says which try of which call a request is', (t) => {
  t.deepEqual(of('amz-sdk-invocation-id', 'a-1', 'amz-sdk-request', 'attempt=2; max=3'), {
    invocationId: 'a-1',
    attempt: 2,
  })
  t.deepEqual(of('Amz-Sdk-Invocation-Id', 'a-1', 'Amz-Sdk-Request', 'ttl=20260101T000000Z; attempt=3;max=3'), {
    invocationId: 'a-1',
    attempt: 3,
  })
})

test('a call without a count is the first try; a client without an id makes no logical calls', (t) => {
  t.deepEqual(of('amz-sdk-invocation-id', 'a-1'), { invocationId: 'a-1', attempt: 1 })
  t.deepEqual(of('amz-sdk-invocation-id', 'a-1', 'amz-sdk-request', 'nonsense'), { invocationId: 'a-1', attempt: 1 })
  t.is(of('amz-sdk-request', 'attempt=2'), undefined)
  t.is(of('amz-sdk-invocation-id', ''), undefined)
  t.is(of('amz-sdk-invocation-id', 'a'.repeat(129)), undefined)
})

test('how many tries there will be is said by some', (t) => {
  const most = (value: string) => mostAttempts({ rawHeaders: ['amz-sdk-request', value] })
  t.is(most('attempt=2; max=3'), 3)
  t.is(most('attempt=2'), undefined)
  t.is(mostAttempts({ rawHeaders: [] }), undefined)
  t.is(attemptNumber({ rawHeaders: ['amz-sdk-request', 'attempt=2; max=3'] }), 2)
})
