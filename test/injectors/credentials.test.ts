import test from 'ava'
import { credentials } from '../../src/injectors/credentials.ts'
import { act, bodyOf, complaint, responseOf, sqsService } from './acting.ts'

for (const [kind, json, query, code] of [
  ['expired', 403, 403, 'ExpiredToken'],
  ['unknown', 403, 403, 'InvalidClientTokenId'],
  ['denied', 400, 403, 'AccessDenied'],
] as const)
  test(`${kind}: ${code}, and nothing is executed`, async (t) => {
    const asJson = await act(credentials, kind)
    t.is(responseOf(asJson).response.status, json)
    t.like(responseOf(asJson).result, { error: { code } })
    t.is(asJson.executed, 0)
    t.deepEqual(asJson.happened, [`before-commit credentials ${kind}`])
    const asQuery = await act(credentials, kind, { protocol: 'query' })
    t.is(responseOf(asQuery).response.status, query)
    t.regex(bodyOf(asQuery), new RegExp(`<Code>${code}</Code>`))
    t.is(credentials.check?.(kind, [sqsService], 'client'), undefined)
  })

test('a service without such an error is left alone, and its operator is told', async (t) => {
  const service = { ...sqsService, errors: [] }
  t.like(await act(credentials, 'expired', { service }), { executed: 1, happened: [] })
  t.is(credentials.check?.('expired', [service], 'client'), 'no service has an error "ExpiredTokenException"')
})

test('another kind is told about with the one that was meant', (t) => {
  t.is(complaint(credentials, 'expird'), 'expected one of expired, unknown, denied (did you mean "expired"?)')
})
