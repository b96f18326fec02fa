import test from 'ava'
import fc from 'fast-check'
import * as v from 'valibot'
import { VirtualClock } from '../../../src/core/clock.ts'
import {
  disruptionSchemas,
  policiesOf,
  receivePolicies,
  sendPolicies,
  sqsDisruptions,
} from '../../../src/sqs/disruptions/index.ts'
import { sqs as service } from '../../../src/sqs/service.ts'
import { sqsClient } from '../sqs-client.ts'
import { all, bodies, receive, rule, send } from './rules.ts'

const CLOCK = new VirtualClock()

test('the table has all disruptions, each with an example that its schema takes', (t) => {
  t.is(
    [...sqsDisruptions.keys()].join(' '),
    'redeliver reorder sample fewer partialBatch throttle inFlight createLag deadPoller delayVisible visibility',
  )
  for (const [name, { example, summary }] of sqsDisruptions) {
    t.true(v.is(disruptionSchemas[name] as v.GenericSchema, example), name)
    t.true(v.is(disruptionSchemas[name] as v.GenericSchema, undefined), name)
    t.regex(summary, /^[a-z].*[^.]$/)
  }
  t.is(service().disruptions, disruptionSchemas)
})

test('what SQS does not know is a bug of whoever asks', (t) => {
  const ask = { name: 'explode', args: {}, draw: () => 0, acted: () => {} }
  t.throws(() => policiesOf([ask], CLOCK), { message: 'sqs knows no disruption explode' })
})

test('only some policies are about receives, or about sends', (t) => {
  const policies = (...names: string[]) =>
    policiesOf(
      names.map((name) => ({
        name,
        args: v.parse(disruptionSchemas[name] as never, {}),
        draw: () => 0,
        acted: () => {},
      })),
      CLOCK,
    )
  t.is(receivePolicies(policies('throttle', 'createLag'), 'short'), undefined)
  t.is(receivePolicies(policies('throttle', 'fewer', 'reorder'), 'long')?.length, 2)
  t.is(sendPolicies(undefined), undefined)
  t.is(sendPolicies(policies('throttle', 'fewer')), undefined)
  t.is(sendPolicies(policies('delayVisible', 'fewer'))?.length, 1)
})

test('several go wrong in one call: each says what it did, once', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  send(sqs, QueueUrl, 20)
  const four = rule('fewer', 4)
  const last = rule('reorder', 3, () => 0.99)
  const again = rule('redeliver', { after: '1s' })
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10, all(last, four, again))), ['m2', 'm3', 'm4', 'm5'])
  t.deepEqual(
    [four.acts, last.acts, again.acts],
    [['fewer 4 of 10'], ['reorder within 3'], ['redeliver 4 after 1000ms']],
  )
})

test('the order of the rules is the order in which they see the line', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  send(sqs, QueueUrl, 20)
  const two = rule('fewer', 2)
  const last = rule('reorder', 9, () => 0.99)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10, all(two, last))), ['m1', 'm0'])
})

test('with everything wrong at once no message of a standard queue is lost', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.boolean(), (max, isLong) => {
      const sqs = sqsClient()
      const QueueUrl = sqs.queue('orders', { VisibilityTimeout: '5' })
      const rules = ['redeliver', 'reorder', 'sample', 'fewer', 'inFlight', 'throttle', 'visibility'].map((name) =>
        rule(name),
      )
      const sent = send(sqs, QueueUrl, 30)
      const got = new Set<string>()
      for (let i = 0; i < 300; i++) {
        const input = { QueueUrl, MaxNumberOfMessages: max, ...(isLong && { WaitTimeSeconds: 1 }) }
        const result = sqs.start('ReceiveMessage', input, all(...rules))
        sqs.clock.advance(1000)
        if (!('kind' in result) || result.kind === 'error') continue
        for (const { Body, ReceiptHandle } of (result.output.Messages ?? []) as {
          Body: string
          ReceiptHandle: string
        }[]) {
          got.add(Body)
          sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
        }
      }
      t.deepEqual([...got].toSorted(), sent.toSorted())
      t.like(sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }).Attributes, {
        ApproximateNumberOfMessages: '0',
        ApproximateNumberOfMessagesNotVisible: '0',
        ApproximateNumberOfMessagesDelayed: '0',
      })
    }),
    { numRuns: 20 },
  )
})
