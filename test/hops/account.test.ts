import test from 'ava'
import { Presence } from '../../src/core/exchange.ts'
import type { Identity, NoCredentials, Sent, Signer, UpstreamRequest } from '../../src/core/upstream.ts'
import { accountFinder } from '../../src/hops/account.ts'

const AWS = { to: 'aws', region: undefined, fips: false, dualStack: false } as const
const NONE: NoCredentials = { kind: 'no-credentials', reason: 'tried nothing' }
const CLIENT = new Presence()

function finder(identity: Identity | NoCredentials, sent: Sent = answer(200, ACCOUNT)) {
  const asked: UpstreamRequest[] = []
  const signer: Signer = {
    identity: async () => identity,
    sign: async (request, { service }) => ({ ...request, rawHeaders: [...request.rawHeaders, 'Signed-For', service] }),
    correctClock: () => false,
    renew: async () => {},
  }
  const send = async (request: UpstreamRequest): Promise<Sent> => {
    asked.push(request)
    return sent
  }
  const find = accountFinder({ send, signer: async () => signer })
  return { asked, account: (region = 'eu-west-1') => find(AWS, region, CLIENT) }
}

const ACCOUNT =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/a</Arn>' +
  '<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'

function answer(status: number, body: string): Sent {
  return { kind: 'response', response: { status, rawHeaders: [], body } }
}

const identity = (account?: string, accessKeyId = 'AKIA'): Identity => ({ accessKeyId, source: 'a test', account })

test('what the source of the credentials tells is not asked for', async (t) => {
  const { asked, account } = finder(identity('111111111111'))
  t.is(await account(), '111111111111')
  t.is(asked.length, 0)
})

test('else STS is asked, once', async (t) => {
  const { asked, account } = finder(identity())
  t.is(await account(), '123456789012')
  t.is(await account(), '123456789012')
  t.deepEqual(
    asked.map(({ origin, target, rawHeaders, body }) => [origin, target, rawHeaders, body.toString()]),
    [
      [
        'https://sts.eu-west-1.amazonaws.com',
        '/',
        [
          'Host',
          'sts.eu-west-1.amazonaws.com',
          'Content-Type',
          'application/x-www-form-urlencoded; charset=utf-8',
          'Signed-For',
          'sts',
        ],
        'Action=GetCallerIdentity&Version=2011-06-15',
      ],
    ],
  )
})

test('without credentials there is no account', async (t) => {
  t.deepEqual(await finder(NONE).account(), NONE)
})

for (const [what, sent, reason] of [
  ['refuses', answer(403, '<Error/>'), 'sts.eu-west-1.amazonaws.com answers 403'],
  ['says something else', answer(200, '<html/>'), 'sts.eu-west-1.amazonaws.com answers 200'],
  [
    'cannot be reached',
    { kind: 'unreachable', obstacle: 'refused', reason: 'ECONNREFUSED' },
    'sts.eu-west-1.amazonaws.com: ECONNREFUSED',
  ],
  [
    'does not answer',
    { kind: 'failure', failure: { ending: 'close', reason: 'upstream: silence' } },
    'sts.eu-west-1.amazonaws.com: upstream: silence',
  ],
] as ReadonlyArray<readonly [string, Sent, string]>) {
  test(`where STS ${what} the account is not known`, async (t) => {
    t.deepEqual(await finder(identity(), sent).account(), { kind: 'unknown', reason })
  })
}

test('where there is no STS the account is not known', async (t) => {
  t.deepEqual(await finder(identity()).account('moon base'), {
    kind: 'unknown',
    reason: 'there is no endpoint of STS in the region moon base',
  })
})
