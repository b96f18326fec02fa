import test from 'ava'
import { parseFilter } from '../../src/journal/filter.ts'
import { fieldOf, isOfAnswers } from '../../src/monitor/fields.ts'
import { exchangeOf, jsonAnswer, jsonCall } from './lab.ts'

const call = jsonCall('SendMessage', { QueueUrl: 'http://h/0/orders', MessageBody: 'x' }, [
  'user-agent: Boto3/1.43.11',
  'amz-sdk-invocation-id: 8f3c',
  'amz-sdk-request: attempt=2; max=3',
  'authorization: AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/sqs/aws4_request',
])
const exchange = exchangeOf(
  call,
  jsonAnswer(403, { __type: 'com.amazonaws.sqs#OverLimit', message: 'x' }, ['x-pipit-fault: lost;n=1']),
)

for (const term of [
  'op=SendMessage',
  'queue=orders',
  'status=403',
  'status>=400',
  'error=OverLimit',
  'session=default',
  'service=sqs',
  'client="boto3 1.43.11"',
  'region=eu-west-1',
  'account=111122223333',
  'protocol=awsJson1_0',
  'method=POST',
  'path=/sqs/',
  'id=1',
  'invocation=8f3c',
  'attempt=2',
  'duration<10s',
  'bytes>20',
  'fault=lost',
  '-failure=reset',
  '-source=mock',
  'orders',
])
  test(`the filter ${term} fits`, (t) => {
    t.true(parseFilter(term)((field) => fieldOf(exchange, field)))
  })

test('some fields are known only when the answer is', (t) => {
  t.true((['status', 'error', 'fault', 'failure', 'duration'] as const).every(isOfAnswers))
  t.false((['op', 'queue', 'id'] as const).some(isOfAnswers))
})
