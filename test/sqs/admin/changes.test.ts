import test from 'ava'
import { deskLab, PATH } from './desk-lab.ts'

test('a queue is made by the rules of the API, and deleted', async (t) => {
  const { world, ask } = deskLab()
  const made = await ask('POST', PATH, { body: { name: 'events.fifo', attributes: { VisibilityTimeout: 5 } } })
  t.is(made.status, 201)
  t.like(made.body, { name: 'events.fifo', QueueUrl: 'http://localhost:3000/sqs/000000000000/events.fifo' })
  t.is(
    world
      .find({ name: 'events.fifo', region: 'us-east-1', account: '000000000000' })
      ?.attributes.get('VisibilityTimeout'),
    '5',
  )
  t.is((await ask('DELETE', `${PATH}/events.fifo`)).status, 204)
  t.is((await ask('DELETE', `${PATH}/events.fifo`)).status, 404)
  t.regex((await ask('POST', PATH, { body: { name: 'a b' } })).body.error, /^InvalidParameterValue: /)
})

test('messages are sent one by one or as a list; a body that is no text is JSON', async (t) => {
  const { make, ask } = deskLab()
  const queue = make('orders', 'eu-west-1')
  const one = await ask('POST', `${PATH}/orders/messages`, { body: { body: { id: 7 }, attributes: { kind: 'x' } } })
  t.is(one.status, 201)
  t.is(one.body.messages.length, 1)
  const two = await ask('POST', `${PATH}/orders/messages`, { body: [{ body: 'a' }, { body: 'b', delaySeconds: 5 }] })
  t.is(two.body.messages.length, 2)
  t.deepEqual(
    [...queue.desk.messages()].map(({ body, state }) => [body, state]),
    [
      ['{"id":7}', 'visible'],
      ['a', 'visible'],
      ['b', 'delayed'],
    ],
  )
})

test('what the API refuses is refused in its words', async (t) => {
  const { make, ask } = deskLab()
  make('orders.fifo')
  const { status, body } = await ask('POST', `${PATH}/orders.fifo/messages`, { body: { body: 'a' } })
  t.is(status, 400)
  t.regex(body.error, /MissingParameter: .*MessageGroupId/)
  t.is((await ask('POST', `${PATH}/orders.fifo/messages`, { body: {} })).status, 400)
})

test('a dead-letter queue is emptied back to where its messages came from', async (t) => {
  const { clock, world, ask } = deskLab()
  await ask('POST', PATH, { body: { name: 'dead' } })
  const arn = 'arn:aws:sqs:us-east-1:000000000000:dead'
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 })
  await ask('POST', PATH, { body: { name: 'orders', attributes: { RedrivePolicy, VisibilityTimeout: 0 } } })
  await ask('POST', `${PATH}/orders/messages`, { body: { body: 'poison' } })
  const orders = world.find({ name: 'orders', region: 'us-east-1', account: '000000000000' })
  orders?.receive({ max: 1, visibilityTimeoutSeconds: 0 })
  orders?.receive({ max: 1, visibilityTimeoutSeconds: 0 })
  t.is((await ask('GET', `${PATH}/dead`)).body.counts.visible, 1)
  t.is((await ask('POST', `${PATH}/dead/redrive`)).status, 202)
  clock.advance(1000)
  t.is((await ask('GET', `${PATH}/dead`)).body.counts.visible, 0)
  t.is((await ask('GET', `${PATH}/orders`)).body.counts.visible, 1)
})
