import test from 'ava'
import { readerFor } from '../../src/monitor/reading.ts'
import { sqs } from '../../src/sqs/service.ts'
import { form, json, request } from '../protocols/requests.ts'

const read = readerFor([sqs()], 'eu-north-1')
const signed = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`

test('a call of a service that is known is decoded', (t) => {
  const reading = read(json('SendMessage', '{"QueueUrl":"http://h/0/q","MessageBody":"x"}', '/s/blue/sqs/'))
  t.like(reading, { serviceName: 'sqs', operation: 'SendMessage', session: 'blue', mount: '/s/blue/sqs' })
  t.is(reading.service?.name, 'sqs')
  t.true('input' in reading.call && reading.call.input['MessageBody'] === 'x')
  t.is(reading.caller.region, 'eu-north-1')
})

test('without its body, a call still has its operation', (t) => {
  t.is(read(json('SendMessage', '')).operation, 'SendMessage')
})

test('a session that a key names is told', (t) => {
  const authorization = signed('sqs').replace('AKID', 'pipit-green')
  t.is(
    read(
      request({
        ...json('ListQueues', '{}'),
        rawHeaders: ['X-Amz-Target', 'AmazonSQS.ListQueues', 'Authorization', authorization],
      }),
    ).session,
    'green',
  )
})

for (const [title, asked, serviceName, operation] of [
  ['a call that cannot be decoded', json('SendMessage', '{'), 'sqs', 'SendMessage'],
  ['an operation that there is not', json('Nope', '{}'), 'sqs', 'Nope'],
  [
    'a form for SQS that is wrong',
    form('Action=SendMessage&MessageBody=%', '/sqs/', ['X-Amz-Date', 'x']),
    'sqs',
    'SendMessage',
  ],
  [
    'a call of a JSON service that pipit does not know',
    request({
      rawHeaders: ['X-Amz-Target', 'DynamoDB_20120810.GetItem', 'Authorization', signed('dynamodb')],
      body: '{}',
    }),
    'dynamodb',
    'GetItem',
  ],
  [
    'a call of a query service that pipit does not know',
    form('Action=Publish&Message=x', '/', ['X-Amz-Date', 'x', 'Authorization', signed('sns')]),
    'sns',
    'Publish',
  ],
  [
    'a call of a REST service',
    request({ method: 'GET', target: '/bucket/key', rawHeaders: ['Authorization', signed('s3')] }),
    's3',
    undefined,
  ],
  ['a page', request({ method: 'GET', target: '/index.html' }), undefined, undefined],
  ['a form that is for nobody of AWS', form('user=me&Action=login'), undefined, undefined],
  ['a resource of pipit itself', request({ method: 'GET', target: '/_pipit/journal' }), undefined, undefined],
] as const)
  test(`${title} is for ${serviceName ?? 'no service'}: ${operation ?? 'no operation'}`, (t) => {
    const reading = read(asked)
    t.is(reading.serviceName, serviceName)
    t.is(reading.operation, operation)
  })
