import fc from 'fast-check'
import test from 'ava'
import type { UpstreamTarget } from '../../src/core/upstream.ts'
import { formatUpstream, parseUpstream } from '../../src/config/upstream-text.ts'

const AWS = { to: 'aws', region: undefined, fips: false, dualStack: false } as const
const FAR = { to: 'url', sign: false, region: undefined } as const

for (const [text, target] of [
  ['aws', AWS],
  [' aws ', AWS],
  ['aws?region=eu-west-1', { ...AWS, region: 'eu-west-1' }],
  ['aws?fips&dualstack=true', { ...AWS, fips: true, dualStack: true }],
  ['aws?fips=false', AWS],
  ['http://localstack:4566', { ...FAR, url: 'http://localstack:4566' }],
  ['http://localhost:3000/s/green/', { ...FAR, url: 'http://localhost:3000/s/green' }],
  ['https://[::1]:3000', { ...FAR, url: 'https://[::1]:3000' }],
  ['http://far:80/', { ...FAR, url: 'http://far' }],
  [
    'https://vpce-1.sqs.eu-west-1.vpce.amazonaws.com',
    { ...FAR, sign: true, url: 'https://vpce-1.sqs.eu-west-1.vpce.amazonaws.com' },
  ],
  ['https://sqs.eu-west-1.api.aws?sign=false', { ...FAR, url: 'https://sqs.eu-west-1.api.aws' }],
  ['https://sqs.cn-north-1.amazonaws.com.cn', { ...FAR, sign: true, url: 'https://sqs.cn-north-1.amazonaws.com.cn' }],
  [
    'https://sqs.example?sign&region=eu-west-1',
    { to: 'url', url: 'https://sqs.example', sign: true, region: 'eu-west-1' },
  ],
  ['https://amazonaws.com.evil.example', { ...FAR, url: 'https://amazonaws.com.evil.example' }],
] as ReadonlyArray<readonly [string, UpstreamTarget]>) {
  test(`"${text}" is read`, (t) => {
    t.deepEqual(parseUpstream(text), target)
    t.deepEqual(parseUpstream(formatUpstream(target)), target)
  })
}

for (const [text, words] of [
  ['', /expected aws/],
  ['AWS', /expected aws/],
  ['localstack:4566', /expected aws/],
  ['ftp://far', /expected aws/],
  ['http://', /expected aws/],
  ['http://user:pass@far', /expected aws/],
  ['http://far#x', /expected aws/],
  ['aws?regoin=x', /"regoin" is no word of an upstream, expected region, fips, dualstack/],
  ['http://far?fips', /"fips" is no word of an upstream, expected region, sign/],
  ['aws?region=a b', /expected a region/],
  ['aws?region=', /expected a region/],
  ['aws?fips=maybe', /expected true or false/],
] as const) {
  test(`"${text}" is refused`, (t) => {
    const mistake = parseUpstream(text)
    t.regex('wrong' in mistake ? mistake.wrong : '', words)
  })
}

test('every target is read back from how it is written', (t) => {
  const region = fc.option(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,9}[a-z0-9]$/), { nil: undefined })
  const aws = fc.record({ to: fc.constant('aws' as const), region, fips: fc.boolean(), dualStack: fc.boolean() })
  const url = fc.record({
    to: fc.constant('url' as const),
    url: fc.constantFrom('http://far:4566/base', 'https://sqs.eu-west-1.amazonaws.com', 'http://[::1]'),
    sign: fc.boolean(),
    region,
  })
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.oneof(aws, url), (target) => {
        t.deepEqual(parseUpstream(formatUpstream(target)), target)
      }),
    ),
  )
})
