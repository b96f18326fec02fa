import test from 'ava'
import { retryAfterMs } from '../../src/injectors/retry-after-ms.ts'
import { act, complaint, responseOf } from './acting.ts'

const failing = (status: number, ...rawHeaders: string[]) => ({
  next: () => ({ kind: 'response', response: { status, rawHeaders, body: '' } }) as const,
})

test('an error answer says when to try again, in milliseconds and in whole seconds', async (t) => {
  const acted = await act(retryAfterMs, 1500, failing(503, 'retry-after', '60', 'X-A', '1'))
  t.deepEqual(responseOf(acted).response.rawHeaders, ['X-A', '1', 'x-amz-retry-after', '1500', 'Retry-After', '2'])
  t.deepEqual(acted.happened, ['after-commit retryAfterMs 1500'])
})

test('an answer that is none is left as it is', async (t) => {
  const acted = await act(retryAfterMs, '2s')
  t.notRegex(responseOf(acted).response.rawHeaders.join(), /retry-after/i)
  t.deepEqual(acted.happened, [])
})

test('what is no duration is told about', (t) => {
  t.is(complaint(retryAfterMs, 'soon'), 'expected a duration like "200ms"')
})
