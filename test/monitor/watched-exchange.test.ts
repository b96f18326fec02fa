import { gzipSync } from 'node:zlib'
import test from 'ava'
import type { WatchedExchange } from '../../src/monitor/watched-exchange.ts'
import { ascii, conversation, exchangeOf, jsonAnswer, jsonCall } from './lab.ts'

const call = jsonCall('SendMessage', { QueueUrl: 'http://h/0/orders', MessageBody: 'hello' }, [
  'User-Agent: aws-sdk-js/3.1169.0',
])

test('a call and its answer are decoded, as a log line tells them', (t) => {
  const exchange = exchangeOf(call, jsonAnswer(200, { MessageId: '8f3c1234', MD5OfMessageBody: 'x' }))
  t.is(exchange.call?.operation, 'SendMessage')
  t.deepEqual(exchange.result, { kind: 'output', output: { MessageId: '8f3c1234', MD5OfMessageBody: 'x' } })
  t.deepEqual(exchange.description, { resource: 'orders', detail: '5B id=8f3c…', created: ['8f3c1234'] })
  t.is(exchange.client, 'aws-sdk-js 3.1169')
  t.is(exchange.error, undefined)
  t.true((exchange.durationMs ?? -1) >= 0)
  t.true(exchange.firstByteMs !== undefined)
})

test("an error is told, and what pipit's own answers say beside", (t) => {
  const answer = jsonAnswer(400, { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'No.' }, [
    'X-Pipit-Hint: it exists in eu-west-1',
    'x-pipit-fault: slow;n=1, lost-ack;n=2',
  ])
  const exchange = exchangeOf(call, answer)
  t.is(exchange.error?.code, 'AWS.SimpleQueueService.NonExistentQueue')
  t.is(exchange.hint, 'it exists in eu-west-1')
  t.deepEqual(exchange.faults, ['slow;n=1', 'lost-ack;n=2'])
})

test('bodies are unpacked before they are read', (t) => {
  const body = gzipSync('{"QueueUrls":["http://h/0/a"]}')
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`
  const exchange = exchangeOf(jsonCall('ListQueues', {}), Buffer.concat([ascii(head), body]))
  t.is(exchange.description.detail, '1 queue')
  t.is(exchange.responseBody?.sizeBytes, body.length)
})

test('an answer that says nothing of AWS has no result', (t) => {
  t.is(exchangeOf(call, ascii('HTTP/1.1 502 Bad\r\nContent-Length: 4\r\n\r\nhtml')).result, undefined)
  const page = exchangeOf(ascii('GET / HTTP/1.1\r\n\r\n'), ascii('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'))
  t.is(page.result, undefined)
  t.is(page.call, undefined)
  t.deepEqual(page.description, {})
})

test('an error of a service that pipit does not know is told, too', (t) => {
  const head = 'POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810.GetItem\r\nContent-Length: 2\r\n\r\n{}'
  const answer = jsonAnswer(400, { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'x' })
  const exchange = exchangeOf(ascii(head), answer)
  t.is(exchange.reading.operation, 'GetItem')
  t.is(exchange.error?.code, 'ResourceNotFoundException')
})

test('what was read before the body was whole is read once more', (t) => {
  const queues: (string | undefined)[] = []
  const look = (exchange: WatchedExchange): void => void queues.push(exchange.description.resource)
  const { tap, clock } = conversation({ audience: { arrived: look, ended: look } })
  const at = call.length - 10
  tap.fromClient(call.subarray(0, at))
  clock.advance(300)
  tap.fromClient(call.subarray(at))
  tap.fromServer(jsonAnswer(200, {}))
  t.deepEqual(queues, [undefined, 'orders'])
})

test('when it has been looked at, nothing is kept', (t) => {
  const { tap, budget } = conversation()
  tap.fromClient(call)
  t.true(budget.usedBytes > 0)
  tap.fromServer(jsonAnswer(200, { MessageId: 'x' }))
  t.is(budget.usedBytes, 0)
})
