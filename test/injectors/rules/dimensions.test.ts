import test from 'ava'
import { DIMENSION_NAMES, DIMENSIONS } from '../../../src/injectors/rules/dimensions.ts'
import { sqs } from '../../../src/sqs/service.ts'
import { exchangeOf } from './lab.ts'

test('what a rule can ask of a request', (t) => {
  const exchange = exchangeOf({ attempt: 2, session: 'blue', caller: { region: 'r', account: '1', accessKey: 'k' } })
  const read = DIMENSION_NAMES.map((name) => [name, DIMENSIONS[name](exchange, sqs())])
  t.deepEqual(Object.fromEntries(read), {
    session: 'blue',
    service: 'sqs',
    operation: 'SendMessage',
    queue: 'orders',
    attempt: '2',
    region: 'r',
    account: '1',
    accessKey: 'k',
    protocol: 'awsJson1_0',
  })
})

test('what could not be read has no operation and no queue, and a client may not count its tries', (t) => {
  const exchange = exchangeOf({ operation: undefined })
  t.is(DIMENSIONS.operation(exchange), undefined)
  t.is(DIMENSIONS.queue(exchange, sqs()), undefined)
  t.is(DIMENSIONS.attempt(exchange), undefined)
  t.is(DIMENSIONS.queue(exchangeOf(), undefined), undefined)
})
