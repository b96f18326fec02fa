import test from 'ava'
import type { Ended } from '../../src/core/finished.ts'
import type { Call } from '../../src/core/exchange.ts'
import { Likeness, Likenesses, textsOf, type Understood } from '../../src/journal/likeness.ts'
import { CALLER, speaking, type Spoken } from './spoken.ts'

const LIST: Spoken = { operation: 'ListQueues', input: {}, headers: ['User-Agent', 'boto3', 'X-Amz-Date', '1'] }

function understood({ exchange, outcome }: Ended): Understood {
  if (outcome.kind !== 'response') throw new Error('there is an answer')
  return { exchange, call: exchange.call() as Call, response: outcome.response }
}

async function alike(one: Spoken, other: Spoken): Promise<boolean> {
  const speak = speaking()
  const [first, second] = [understood(await speak(one)), understood(await speak(other))]
  return new Likeness(first, textsOf(first)).fits(second, textsOf(second))
}

test('what differs in texts alone is alike: another operation, another date', async (t) => {
  t.true(await alike(LIST, { ...LIST, headers: ['User-Agent', 'boto3', 'X-Amz-Date', '2'] }))
  t.true(await alike(LIST, { ...LIST, operation: 'CreateQueue', input: { QueueName: 'orders' } }))
  t.true(await alike(LIST, { ...LIST, caller: { ...CALLER } }))
})

test('other header fields, another protocol, caller, mount or ending are not', async (t) => {
  t.false(await alike(LIST, { ...LIST, headers: ['User-Agent', 'boto3'] }))
  t.false(await alike(LIST, { ...LIST, headers: ['User-Agent', 'boto3', 'X-Date', '1'] }))
  t.false(await alike(LIST, { ...LIST, protocol: 'awsQuery' }))
  t.false(await alike(LIST, { ...LIST, caller: { ...CALLER, region: 'eu-west-1' } }))
  t.false(await alike(LIST, { ...LIST, mount: '/sqs' }))
  t.false(await alike(LIST, { ...LIST, operation: 'GetQueueUrl', input: { QueueName: 'nothing' } }))
})

test('the latest few are remembered: clients that take turns share nothing, and lose nothing', async (t) => {
  const speak = speaking()
  const likenesses = new Likenesses()
  const of = async (client: number): Promise<Likeness> => {
    const one = understood(await speak({ ...LIST, headers: [`X-Client-${client}`, ''] }))
    return likenesses.of(one, textsOf(one))
  }
  const [first, second] = [await of(1), await of(2)]
  t.not(first, second)
  for (let turn = 0; turn < 3; turn++) {
    t.is(await of(1), first)
    t.is(await of(2), second)
  }
  for (let client = 3; client < 20; client++) await of(client)
  t.not(await of(1), first)
})

test('headers are told apart in the texts', async (t) => {
  const one = understood(await speaking()(LIST))
  const texts = textsOf(one)
  const likeness = new Likeness(one, texts)
  t.deepEqual(likeness.requestHeaders(texts), one.exchange.request.rawHeaders)
  t.deepEqual(likeness.responseHeaders(texts), one.response.rawHeaders)
})
