import test from 'ava'
import picocolors from 'picocolors'
import { startScreen } from '../../src/log/start-screen.ts'

const sqs = {
  name: 'sqs',
  mode: 'mock',
  url: 'http://localhost:3000/sqs/',
  summary: '2 queues (orders -> orders-dlq x3)',
}

test('one screen: the version, the address, each service with its mode, address and queues', (t) => {
  const started = { version: '0.1.0', url: 'http://localhost:3000', alsoUrls: [], services: [sqs] }
  t.is(
    startScreen(started, picocolors.createColors(false)),
    `pipit 0.1.0  http://localhost:3000
  sqs     mock     http://localhost:3000/sqs/   2 queues (orders -> orders-dlq x3)`,
  )
})

test('other addresses have a line each', (t) => {
  const alsoUrls = ['http://localhost:4566', 'http://localhost:9324']
  const started = { version: '0.1.0', url: 'http://localhost:3000', alsoUrls, services: [sqs] }
  t.deepEqual(startScreen(started, picocolors.createColors(false)).split('\n').slice(1, 3), [
    '  also on http://localhost:4566',
    '  also on http://localhost:9324',
  ])
})

test('forwarded ports have a line each, and what they stand for', (t) => {
  const monitors = [{ url: 'http://localhost:3001', target: 'api:80' }]
  const started = { version: '0.1.0', url: 'http://localhost:3000', alsoUrls: [], services: [sqs], monitors }
  t.is(
    startScreen(started, picocolors.createColors(false)).split('\n').at(-1),
    '  monitor          http://localhost:3001 -> api:80',
  )
})

test('faults of the start are counted, with what they draw from', (t) => {
  const started = { version: '0.1.0', url: 'http://localhost:3000', alsoUrls: [], services: [sqs] }
  const last = (count: number) =>
    startScreen({ ...started, faults: { count, seed: 42 } }, picocolors.createColors(false))
      .split('\n')
      .at(-1)
  t.is(last(2), '  faults  2 rules  seed 42')
  t.is(last(1), '  faults  1 rule   seed 42')
})
