import test from 'ava'
import type { UpstreamTarget } from '../../src/core/upstream.ts'
import { endpointBeside, endpointOf } from '../../src/hops/endpoint.ts'

const aws = { to: 'aws', region: undefined, fips: false, dualStack: false } as const
const fips = { ...aws, fips: true }
const dualStack = { ...aws, dualStack: true }
const url = (to: string, sign = false, region?: string): UpstreamTarget => ({ to: 'url', url: to, sign, region })

// As @aws-sdk/client-sqs resolves them.
for (const [target, region, wanted] of [
  [aws, 'eu-west-1', 'https://sqs.eu-west-1.amazonaws.com'],
  [aws, 'mx-central-1', 'https://sqs.mx-central-1.amazonaws.com'],
  [aws, 'cn-north-1', 'https://sqs.cn-north-1.amazonaws.com.cn'],
  [aws, 'us-gov-west-1', 'https://sqs.us-gov-west-1.amazonaws.com'],
  [aws, 'us-iso-east-1', 'https://sqs.us-iso-east-1.c2s.ic.gov'],
  [aws, 'us-isob-east-1', 'https://sqs.us-isob-east-1.sc2s.sgov.gov'],
  [aws, 'eusc-de-east-1', 'https://sqs.eusc-de-east-1.amazonaws.eu'],
  [fips, 'us-east-1', 'https://sqs-fips.us-east-1.amazonaws.com'],
  [fips, 'us-gov-west-1', 'https://sqs.us-gov-west-1.amazonaws.com'],
  [dualStack, 'eu-west-1', 'https://sqs.eu-west-1.api.aws'],
  [dualStack, 'cn-north-1', 'https://sqs.cn-north-1.api.amazonwebservices.com.cn'],
  [{ ...fips, dualStack: true }, 'us-east-1', 'https://sqs-fips.us-east-1.api.aws'],
  [{ ...fips, dualStack: true }, 'us-gov-west-1', 'https://sqs-fips.us-gov-west-1.api.aws'],
] as const) {
  test(`SQS of AWS in ${region}${target.fips ? ', FIPS' : ''}${target.dualStack ? ', IPv6' : ''} is ${wanted}`, (t) => {
    t.deepEqual(endpointOf(target, 'sqs', region), { url: wanted, scope: { region, service: 'sqs' } })
  })
}

test('a region that is set counts instead of the one that the client signs for', (t) => {
  t.deepEqual(endpointOf({ ...aws, region: 'eu-west-1' }, 'sqs', 'moon-base-alpha'), {
    url: 'https://sqs.eu-west-1.amazonaws.com',
    scope: { region: 'eu-west-1', service: 'sqs' },
  })
})

test('another service is known by its signing name, but for some', (t) => {
  t.is(endpointOf(aws, 'dynamodb', 'eu-west-1')?.url, 'https://dynamodb.eu-west-1.amazonaws.com')
  t.is(endpointOf(aws, 'ses', 'eu-west-1')?.url, 'https://email.eu-west-1.amazonaws.com')
  t.deepEqual(endpointOf(aws, 'iam', 'eu-west-1'), {
    url: 'https://iam.amazonaws.com',
    scope: { region: 'us-east-1', service: 'iam' },
  })
})

test('what a client signs for cannot become another host', (t) => {
  for (const region of ['evil.example/', 'a.b', '', '-a', 'x'.repeat(64), 'a@b', 'a#', 'a:1', 'a\u0000'])
    t.is(endpointOf(aws, 'sqs', region), undefined, region)
  for (const service of ['evil.example/', '', 'a.b', 'x@y'])
    t.is(endpointOf(aws, service, 'eu-west-1'), undefined, service)
})

test('a URL is taken as it is, with the signature of the client', (t) => {
  t.deepEqual(endpointOf(url('http://localstack:4566/base'), 'sqs', 'eu-west-1'), {
    url: 'http://localstack:4566/base',
    scope: undefined,
  })
})

test('a URL that is signed for has its region from what was said, from its host, or from the client', (t) => {
  const vpce = 'https://vpce-0a1b2c-3d4e.sqs.eu-central-1.vpce.amazonaws.com'
  const regionOf = (target: UpstreamTarget): string | undefined => endpointOf(target, 'sqs', 'us-east-1')?.scope?.region
  t.is(regionOf(url(vpce, true)), 'eu-central-1')
  t.is(regionOf(url(vpce, true, 'eu-west-3')), 'eu-west-3')
  t.is(regionOf(url('https://sqs.internal.example', true)), 'us-east-1')
})

test('STS stands beside whatever endpoint there is', (t) => {
  t.is(endpointBeside(aws, 'sts', 'cn-north-1')?.url, 'https://sts.cn-north-1.amazonaws.com.cn')
  t.is(
    endpointBeside(url('https://vpce.example', true), 'sts', 'eu-west-1')?.url,
    'https://sts.eu-west-1.amazonaws.com',
  )
  t.is(endpointBeside(fips, 'sts', 'us-east-1')?.url, 'https://sts-fips.us-east-1.amazonaws.com')
})
