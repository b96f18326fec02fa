import * as v from 'valibot'
import test from 'ava'
import { modes } from '../../src/config/forward-options.ts'
import { complaintsOf, folder, load } from './sources.ts'

const AWS = { to: 'aws', region: undefined, fips: false, dualStack: false } as const
const MOTO = { to: 'url', url: 'http://moto:5000', sign: false, region: undefined } as const

test('a flag, a variable and a file say the same, of all services or of each by name', (t) => {
  for (const sources of [
    { flags: { mode: 'forward', upstream: 'aws' } },
    { env: { PIPIT_MODE: ' forward ', PIPIT_UPSTREAM: 'aws' } },
    { cwd: folder('mode: forward\nupstream: aws') },
    { cwd: folder('mode: { "*": forward }\nupstream: { "*": aws }') },
  ]) {
    const { mode, upstream } = load(sources).config
    t.deepEqual({ mode, upstream }, { mode: { '*': 'forward' }, upstream: { '*': AWS } })
  }
  for (const sources of [
    { flags: { mode: 'sqs=forward,dynamodb=forward,', upstream: 'sqs=http://moto:5000, dynamodb=aws' } },
    { cwd: folder('mode: { sqs: forward, dynamodb: forward }\nupstream: { sqs: "http://moto:5000", dynamodb: aws }') },
    {
      cwd: folder(
        'services:\n  sqs: { mode: forward, upstream: "http://moto:5000" }\n  dynamodb: { mode: forward, upstream: aws }',
      ),
    },
  ]) {
    const { mode, upstream } = load(sources).config
    t.deepEqual(
      { mode, upstream },
      { mode: { '*': 'mock', sqs: 'forward', dynamodb: 'forward' }, upstream: { sqs: MOTO, dynamodb: AWS } },
    )
  }
})

test('an upstream with words of its own is no name of a service', (t) => {
  t.deepEqual(load({ flags: { upstream: 'aws?region=eu-west-1' } }).config.upstream, {
    '*': { ...AWS, region: 'eu-west-1' },
  })
  t.deepEqual(load({ flags: { upstream: 'sqs=https://far?sign&region=eu-west-1' } }).config.upstream, {
    sqs: { to: 'url', url: 'https://far', sign: true, region: 'eu-west-1' },
  })
})

test('guard rails are lists, a switch and an account', (t) => {
  const wanted = {
    only: { '*': ['queue:orders*', 'queue:dead'] },
    operations: { '*': ['Get*', 'ReceiveMessage'] },
    readOnly: { '*': true },
    confirmAccount: { '*': '123456789012' },
  }
  const pick = ({ only, operations, readOnly, confirmAccount }: ReturnType<typeof load>['config']): object => ({
    only,
    operations,
    readOnly,
    confirmAccount,
  })
  const flags = {
    only: 'queue:orders*, queue:dead',
    operations: 'Get*,ReceiveMessage',
    'read-only': true,
    'confirm-account': '123456789012',
  }
  t.deepEqual(pick(load({ flags }).config), wanted)
  const env = {
    PIPIT_ONLY: flags.only,
    PIPIT_OPERATIONS: flags.operations,
    PIPIT_READ_ONLY: 'yes',
    PIPIT_CONFIRM_ACCOUNT: '123456789012',
  }
  t.deepEqual(pick(load({ env }).config), wanted)
  const yaml =
    'only: ["queue:orders*", "queue:dead"]\noperations: [Get*, ReceiveMessage]\nreadOnly: true\nconfirmAccount: 123456789012'
  t.deepEqual(pick(load({ cwd: folder(yaml) }).config), wanted)
  t.deepEqual(
    load({ cwd: folder('services: { sqs: { only: ["queue:a"], confirmAccount: "012345678901" } }') }).config.only,
    {
      sqs: ['queue:a'],
    },
  )
  t.deepEqual(load({ cwd: folder('confirmAccount: { sqs: 12345678901 }') }).config.confirmAccount, {
    sqs: '012345678901',
  })
})

for (const [flags, words] of [
  [{ mode: 'forwrad' }, /^--mode: expected mock, forward, record, replay or auto/],
  [{ mode: 'sqs=fly' }, /^--mode: expected mock, forward, record, replay or auto/],
  [{ mode: '' }, /^--mode: expected/],
  [{ mode: 'SQS!=mock' }, /^--mode: expected the name of a service/],
  [{ upstream: 'moto:5000' }, /^--upstream: expected aws/],
  [{ upstream: 'sqs=aws?x' }, /^--upstream: "x" is no word of an upstream/],
  [{ only: ',' }, /^--only: expected a list like/],
  [{ 'read-only': 'maybe' }, /^--read-only: expected true or false/],
  [{ 'confirm-account': '123x' }, /^--confirm-account: expected an account of twelve digits/],
] as const) {
  test(`${JSON.stringify(flags)} is refused`, (t) => {
    t.regex(complaintsOf({ flags })[0] ?? '', words)
  })
}

test('a file is told where it is wrong', (t) => {
  for (const [yaml, words] of [
    [
      'services:\n  sqs:\n    mode: fly',
      /^pipit\.yaml:3:11 services\.sqs\.mode: expected mock, forward, record, replay or auto, got "fly"/,
    ],
    [
      'services:\n  dynamodb:\n    queues: {}',
      /^pipit\.yaml:3:5 services\.dynamodb\.queues: unknown key, expected one of mode/,
    ],
    [
      'services:\n  sqs:\n    moed: forward',
      /^pipit\.yaml:3:5 services\.sqs\.moed: unknown key \(did you mean "mode"\?\)/,
    ],
    ['services: []', /^pipit\.yaml:1:11 services: expected a mapping of services/],
    ['mode: []', /^pipit\.yaml:1:7 mode: expected/],
  ] as const)
    t.regex(complaintsOf({ cwd: folder(yaml) })[0] ?? '', words)
})

test('what a request says of modes is what a flag says', (t) => {
  t.deepEqual(v.parse(modes, 'forward'), { '*': 'forward' })
  t.deepEqual(v.parse(modes, 'sqs=forward'), { sqs: 'forward' })
  t.deepEqual(v.parse(modes, { sqs: 'mock' }), { sqs: 'mock' })
})
