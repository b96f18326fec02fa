import test from 'ava'
import { deskLab, PATH } from './desk-lab.ts'

test('queues are listed with their counts, in every region and account, and can be chosen', async (t) => {
  const { make, send, ask } = deskLab()
  const orders = make('orders', 'eu-west-1')
  make('other', 'eu-west-1', '111111111111')
  send(orders, 'a')
  send(orders, 'b', 60)
  orders.receive({ max: 1, visibilityTimeoutSeconds: 30 })
  send(orders, 'c')
  const names = async (query: string): Promise<string[]> =>
    (await ask('GET', `${PATH}${query}`)).body.queues.map(({ name }: { name: string }) => name)
  t.deepEqual(await names(''), ['orders', 'other', 'declared'])
  t.deepEqual(await names('?account=111111111111'), ['other', 'declared'])
  t.deepEqual(await names('?prefix=or&region=eu-west-1'), ['orders'])
  t.like((await ask('GET', `${PATH}/orders`)).body, {
    arn: 'arn:aws:sqs:eu-west-1:000000000000:orders',
    counts: { visible: 1, inFlight: 1, delayed: 1 },
    waiting: 0,
  })
})
