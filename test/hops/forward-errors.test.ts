import test from 'ava'
import type { ApiError } from '../../src/core/errors.ts'
import {
  loop,
  noCredentials,
  noEndpoint,
  notForwarded,
  unreachable,
  unsupported,
} from '../../src/hops/forward-errors.ts'

const ALL: readonly ApiError[] = [
  notForwarded('why'),
  unsupported('what'),
  noCredentials('tried nothing'),
  noEndpoint('sqs', 'moon base'),
  loop(),
  unreachable('http://far', 'refused', 'r'),
  unreachable('http://far', 'too-slow', 'r'),
  unreachable('http://far', 'no-such-host', 'r'),
  unreachable('http://far', 'not-trusted', 'r'),
  unreachable('http://far', 'proxy', 'r'),
]

test('every error is one of the client, but for what may pass by itself', (t) => {
  t.deepEqual(
    ALL.map(({ code, status, fault }) => [code, status, fault]),
    [
      ['AccessDenied', 403, 'Sender'],
      ['PipitNotSupported', 400, 'Sender'],
      ['PipitNoCredentials', 403, 'Sender'],
      ['PipitNoEndpoint', 400, 'Sender'],
      ['PipitForwardLoop', 400, 'Sender'],
      ['PipitUpstreamUnreachable', 503, 'Receiver'],
      ['PipitUpstreamUnreachable', 503, 'Receiver'],
      ['PipitUpstreamUnreachable', 400, 'Sender'],
      ['PipitUpstreamUnreachable', 400, 'Sender'],
      ['PipitUpstreamUnreachable', 400, 'Sender'],
    ],
  )
})

test('every error says that it is of pipit, in one line that ends as a sentence does', (t) => {
  for (const { message } of ALL) t.regex(message, /^(?=.*pipit|AWS has no endpoint)[^\n]*[.?]$/, message)
})

test('whoever reads the log learns it, too', (t) => {
  for (const { message, hint } of ALL) t.is(hint, message)
})

test('a region is quoted, and not at any length', (t) => {
  t.regex(noEndpoint('sqs', 'moon base').message, /a region "moon base"\./)
  t.true(noEndpoint('sqs', 'x'.repeat(10_000)).message.length < 400)
})
