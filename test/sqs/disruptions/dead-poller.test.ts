import test from 'ava'
import { Presence } from '../../../src/core/exchange.ts'
import { type CallOptions, sqsClient } from '../sqs-client.ts'
import { bodies, complaint, receive, rule, send } from './rules.ts'

const EMPTY = { kind: 'output', output: {} }

/** A long poll whose client can go. */
function start(how: CallOptions = {}) {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  let leave = (): void => {}
  const presence = new Presence((gone) => (leave = gone))
  const input = { QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }
  const answer = Promise.resolve(sqs.start('ReceiveMessage', input, { ...how, presence }))
  return { sqs, QueueUrl, answer, leave: () => leave() }
}

test('a client that has gone takes a message with it: it is in flight until its visibility timeout ends', async (t) => {
  const dead = rule('deadPoller')
  const { sqs, QueueUrl, leave, answer } = start(dead())
  leave()
  t.deepEqual(dead.acts, [])
  send(sqs, QueueUrl, 2)
  t.like(await answer, { output: { Messages: [{ Body: 'm0' }] } })
  t.deepEqual(dead.acts, ['deadPoller 1 swallowed'])
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10)), ['m1'])
  sqs.clock.advance(30_000)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10)).toSorted(), ['m0', 'm1'])
})

test('without the fault it takes none', async (t) => {
  const { sqs, QueueUrl, leave, answer } = start()
  leave()
  t.deepEqual(await answer, EMPTY)
  send(sqs, QueueUrl, 1)
  t.is(receive(sqs, QueueUrl, 10).length, 1)
})

test('a client that stays gets its message, and nothing has happened', async (t) => {
  const dead = rule('deadPoller')
  const { sqs, QueueUrl, answer } = start(dead())
  send(sqs, QueueUrl, 1)
  t.like(await answer, { output: { Messages: [{ Body: 'm0' }] } })
  t.deepEqual(dead.acts, [])
})

test('a dead poll ends when it would have ended: on the session clock, on the wall, with its queue', async (t) => {
  const dead = rule('deadPoller')
  const polls = [0, 1, 2].map(() => start(dead()))
  for (const { leave } of polls) leave()
  polls[0]?.sqs.clock.advance(20_000)
  polls[1]?.sqs.wall.advance(20_000)
  polls[2]?.sqs.ok('DeleteQueue', { QueueUrl: polls[2].QueueUrl })
  for (const { answer } of polls) t.deepEqual(await answer, EMPTY)
  for (const { sqs, QueueUrl } of polls.slice(0, 2)) {
    send(sqs, QueueUrl, 1)
    t.is(receive(sqs, QueueUrl, 1).length, 1)
  }
  t.deepEqual(dead.acts, [])
})

test('short polls are answered before anybody can go', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const dead = rule('deadPoller')
  send(sqs, QueueUrl, 1)
  t.is(receive(sqs, QueueUrl, 1, dead()).length, 1)
  t.deepEqual(dead.acts, [])
})

test('what it takes', (t) => {
  t.is(complaint('deadPoller', undefined), undefined)
  t.is(complaint('deadPoller', {}), undefined)
  t.is(complaint('deadPoller', 5), 'expected a mapping')
})
