import test from 'ava'
import { apiCall } from '../../../src/sqs/admin/api-call.ts'
import { deskLab } from './desk-lab.ts'

const ask = {
  request: { method: 'POST', target: '/', rawHeaders: [], body: Buffer.alloc(0) },
  parameters: {},
  query: {},
  body: undefined,
  session: undefined,
  origin: 'http://pipit:3000',
  signal: new AbortController().signal,
}
const where = { region: 'eu-west-1', account: '000000000000' }

test('a call of the API is made where it is meant, and its URLs are of the host that asked', async (t) => {
  const { world } = deskLab()
  const made = await apiCall(world, ask, { operation: 'CreateQueue', input: { QueueName: 'orders' }, ...where })
  t.deepEqual(made, { QueueUrl: 'http://pipit:3000/sqs/000000000000/orders' })
  await apiCall(world, ask, { operation: 'SendMessage', input: { MessageBody: 'a' }, queueName: 'orders', ...where })
  t.is(world.find({ name: 'orders', ...where })?.counts().visible, 1)
})

test('what it refuses is a complaint with its code and its words', async (t) => {
  const call = { operation: 'SendMessage', input: { MessageBody: 'a' }, queueName: 'nothing', ...where }
  await t.throwsAsync(apiCall(deskLab().world, ask, call), {
    code: 'bad-request',
    message: /^AWS\.SimpleQueueService\.NonExistentQueue: /,
  })
})
