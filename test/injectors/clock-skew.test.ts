import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { header } from '../../src/core/exchange.ts'
import { clockSkew } from '../../src/injectors/clock-skew.ts'
import { act, bodyOf, complaint, responseOf, sqsService } from './acting.ts'

const wall = new VirtualClock(Date.UTC(2026, 10, 22, 12))
const signed = (at: string, more: Readonly<Record<string, unknown>> = {}) => ({
  wall,
  headers: ['X-Amz-Date', at],
  ...more,
})

test('ahead by an hour: what was signed now is expired, and Date says by how much', async (t) => {
  const acted = await act(clockSkew, '1h', signed('20261122T120000Z'))
  const { response } = responseOf(acted)
  t.is(response.status, 403)
  t.is(header(response, 'x-amzn-query-error'), 'SignatureDoesNotMatch;Sender')
  t.is(header(response, 'date'), 'Sun, 22 Nov 2026 13:00:00 GMT')
  t.deepEqual(JSON.parse(bodyOf(acted)), {
    __type: 'com.amazon.coral.service#InvalidSignatureException',
    message: 'Signature expired: 20261122T120000Z is now earlier than 20261122T124500Z (20261122T130000Z - 15 min.)',
  })
  t.is(acted.executed, 0)
  t.deepEqual(acted.happened, ['before-commit clockSkew refused'])
})

test('behind by twenty minutes: it is not yet current; the query protocol says it in XML', async (t) => {
  const acted = await act(clockSkew, '-20m', signed('20261122T120000Z', { protocol: 'query' }))
  t.is(responseOf(acted).response.status, 403)
  t.regex(bodyOf(acted), /<Code>SignatureDoesNotMatch<\/Code>/)
  t.regex(
    bodyOf(acted),
    /Signature not yet current: 20261122T120000Z is still later than 20261122T115500Z \(20261122T114000Z \+ 15 min\.\)/,
  )
})

test('what was signed by the shifted clock passes, and Date goes on telling its time', async (t) => {
  const acted = await act(clockSkew, '1h', signed('20261122T130001Z'))
  t.is(acted.executed, 1)
  t.is(responseOf(acted).response.status, 200)
  t.is(header(responseOf(acted).response, 'date'), 'Sun, 22 Nov 2026 13:00:00 GMT')
  t.deepEqual(acted.happened, ['after-commit clockSkew Date'])
})

for (const skew of ['15m', '-15m', '4m', '0s'])
  test(`${skew} is tolerated`, async (t) => {
    t.is((await act(clockSkew, skew, signed('20261122T120000Z'))).executed, 1)
  })

for (const skew of ['15m1s', '-15m1s'])
  test(`${skew} is not`, async (t) => {
    t.is((await act(clockSkew, skew, signed('20261122T120000Z'))).executed, 0)
  })

test('a presigned URL is good for as long, whatever it was signed for', async (t) => {
  const url = (seconds: number) => ({ wall, target: `/?X-Amz-Date=20261122T120000Z&X-Amz-Expires=${seconds}` })
  t.is((await act(clockSkew, '10m', url(10))).executed, 1)
  t.is((await act(clockSkew, '1h', url(7200))).executed, 0)
  t.is((await act(clockSkew, '-20m', url(7200))).executed, 0)
})

test('what is not signed, or not by a date, has no time to be wrong', async (t) => {
  for (const headers of [[], ['X-Amz-Date', 'yesterday']]) {
    const acted = await act(clockSkew, '1h', { wall, headers })
    t.is(acted.executed, 1)
    t.is(header(responseOf(acted).response, 'date'), 'Sun, 22 Nov 2026 13:00:00 GMT')
  }
  t.is((await act(clockSkew, '1h', signed('20261122T120000Z', { service: { ...sqsService, errors: [] } }))).executed, 1)
})

test('a skew is a duration, in either direction', (t) => {
  for (const good of ['1h', '-1h', 5000, -5000, '0']) t.is(complaint(clockSkew, good), undefined)
  for (const bad of ['an hour', '--1h', NaN, {}])
    t.is(complaint(clockSkew, bad), 'expected a duration like "1h" or "-10m"')
})
