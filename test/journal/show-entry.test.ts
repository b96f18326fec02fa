import test from 'ava'
import { fieldOf, showEntry, shownText } from '../../src/journal/show-entry.ts'
import { entry } from './exchanges.ts'

test('an exchange is shown in the words of the JSON log', (t) => {
  t.like(showEntry(entry(7, { output: { MessageId: 'm-1' } })), {
    seq: 7,
    session: 'default',
    at: '2026-01-01T00:00:00.000Z',
    operation: 'SendMessage',
    resource: 'orders',
    status: 200,
    durationMs: 1.235,
    client: 'aws-sdk-js 3.1169',
    input: { MessageBody: 'hello' },
    output: { MessageId: 'm-1' },
  })
})

test('secrets are nowhere: in heads, targets, bodies, nested JSON and binary attributes', (t) => {
  const secret = 'wJalrXUtnFEMI-K7MDENG'
  const shown = JSON.stringify(
    showEntry(
      entry(1, {
        target: `/sqs/?X-Amz-Signature=${secret}&X-Amz-Security-Token=${secret}&Action=SendMessage`,
        headers: [
          'Authorization',
          `AWS4-HMAC-SHA256 Signature=${secret}`,
          'X-Amz-Security-Token',
          secret,
          'Cookie',
          secret,
        ],
        input: {
          MessageBody: JSON.stringify({ user: 'ann', password: secret, deep: JSON.stringify({ api_key: secret }) }),
          MessageAttributes: { token: { DataType: 'String', StringValue: secret } },
        },
        output: { Credentials: { SecretAccessKey: secret } },
      }),
    ),
  )
  t.false(shown.includes(secret), shown)
  t.true(shown.includes('ann'))
})

test('what is long is cut, and says how long it was', (t) => {
  const shown = shownText('x'.repeat(1_000_000))
  t.true(shown.length < 5000)
  t.true(shown.endsWith('… (1000000 characters)'))
  t.true(JSON.stringify(showEntry(entry(1, { input: { MessageBody: 'x'.repeat(1_000_000) } }))).length < 10_000)
})

test('a secret that begins before the cut is not half shown', (t) => {
  const secret = `AKIA${'A'.repeat(16)}`
  t.false(shownText(`${'x '.repeat(2040)} ${secret} ${'x '.repeat(9000)}`).includes('AKIA'))
})

test('a filter asks for fields by name', (t) => {
  const one = entry(1, { error: 'OverLimit', headers: ['User-Agent', 'Boto3/1.43'] })
  t.is(fieldOf(one, 'op'), 'SendMessage')
  t.is(fieldOf(one, 'queue'), 'orders')
  t.deepEqual(fieldOf(one, 'error'), ['OverLimit', 'OverLimit'])
  t.is(fieldOf(one, 'status'), 400)
  t.is(fieldOf(one, 'path'), '/sqs/')
  t.is(fieldOf(one, 'duration'), 1.23456)
  t.is(fieldOf(one, 'region'), 'us-east-1')
})
