import test from 'ava'
import type { Ended } from '../../src/core/finished.ts'
import { WholeEntry } from '../../src/journal/entry.ts'
import { showEntry } from '../../src/journal/show-entry.ts'
import { endedOf } from '../../src/monitor/ended-of.ts'
import { sqs } from '../../src/sqs/service.ts'
import { ascii, conversation, exchangeOf, jsonAnswer, jsonCall } from './lab.ts'

const as = { id: 'id-1', session: 'default', via: ':3001 -> localhost:3000' }
const service = sqs()
const shown = (ended: Ended) =>
  showEntry(new WholeEntry(1, ended, (_, call, result) => service.describe?.(call, result) ?? {}))

test('what has passed by is told as the calls of the gateway itself are, and how it passed', (t) => {
  const call = jsonCall('SendMessage', { QueueUrl: 'http://h/0/orders', MessageBody: 'hello' }, [
    'User-Agent: Boto3/1.43',
  ])
  const entry = shown(endedOf(exchangeOf(call, jsonAnswer(200, { MessageId: '8f3c1234' })), as))
  t.like(entry, {
    id: 'id-1',
    session: 'default',
    service: 'sqs',
    operation: 'SendMessage',
    resource: 'orders',
    detail: '5B id=8f3c…',
    status: 200,
    source: 'monitor',
    via: ':3001 -> localhost:3000',
    receivedBytes: 54,
    sentBytes: 24,
    client: 'boto3 1.43',
    input: { QueueUrl: 'http://h/0/orders', MessageBody: 'hello' },
    output: { MessageId: '8f3c1234' },
  })
  t.deepEqual(
    entry.legs.map(({ leg }) => leg),
    ['wire'],
  )
})

test('an error has its code, and the hint that stands in the head', (t) => {
  const answer = jsonAnswer(400, { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'No.' }, [
    'x-pipit-hint: elsewhere',
  ])
  const entry = shown(endedOf(exchangeOf(jsonCall('GetQueueUrl', { QueueName: 'orders' }), answer), as))
  t.like(entry, {
    status: 400,
    error: 'AWS.SimpleQueueService.NonExistentQueue',
    hint: 'elsewhere',
    resource: 'orders',
  })
})

test('HTTP that is none of AWS is there, too', (t) => {
  const entry = shown(endedOf(exchangeOf(ascii('GET /a?b HTTP/1.1\r\n\r\n'), ascii('HTTP/1.1 204 No\r\n\r\n')), as))
  t.like(entry, { method: 'GET', target: '/a?b', status: 204, source: 'monitor' })
  t.is(entry.operation, undefined)
})

test('a request without an answer is a failure', (t) => {
  const entries: object[] = []
  const { tap } = conversation({ audience: { ended: (exchange) => entries.push(shown(endedOf(exchange, as))) } })
  tap.fromClient(jsonCall('ListQueues', {}))
  tap.broke('server', 'ECONNRESET')
  t.like(entries[0], {
    operation: 'ListQueues',
    failure: 'reset',
    reason: 'the server reset the connection (ECONNRESET)',
  })
})
