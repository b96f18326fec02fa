import test from 'ava'
import { deskLab, PATH } from './desk-lab.ts'

test('a queue is found by its name where it is the only one, and by its place where it is not', async (t) => {
  const { make, ask } = deskLab()
  make('orders', 'eu-west-1')
  t.is((await ask('GET', `${PATH}/orders`)).body.region, 'eu-west-1')
  make('orders', 'eu-west-2')
  const several = await ask('GET', `${PATH}/orders`)
  t.is(several.status, 409)
  t.is(
    several.body.error,
    'there are several queues orders: say which one by ?region=eu-west-1&account=000000000000, ?region=eu-west-2&account=000000000000',
  )
  t.is((await ask('GET', `${PATH}/orders?region=eu-west-2`)).body.region, 'eu-west-2')
})

test('a declared queue is there before anybody has used it', async (t) => {
  t.like((await deskLab().ask('GET', `${PATH}/declared`)).body, { name: 'declared', region: 'us-east-1' })
})

test('a queue that is not there is named, with where there is one, or the nearest', async (t) => {
  const { make, ask } = deskLab()
  make('orders', 'eu-west-1')
  const error = async (target: string): Promise<string> => (await ask('GET', target)).body.error
  t.is(await error(`${PATH}/ordres`), 'there is no queue ordres (did you mean "orders"?)')
  t.is(await error(`${PATH}/orders?region=us-east-1`), 'there is no queue orders; there is one in eu-west-1')
  t.regex(await error(`${PATH}/orders?account=1`), /expected an account of twelve digits/)
})
