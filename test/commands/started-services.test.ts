import test from 'ava'
import { startedServices } from '../../src/commands/started-services.ts'
import { load } from '../config/sources.ts'

const lines = (flags: Record<string, string | boolean>): string[] =>
  startedServices(load({ flags }).config, ['sqs'], 'http://h').map(
    ({ name, mode, url, summary }) => `${name} ${mode} ${url} ${summary}`,
  )

test('a mock is told with its queues', (t) => {
  t.deepEqual(lines({ queues: 'orders' }), ['sqs mock http://h/sqs/ 1 queue (orders)'])
})

test('what is forwarded is told with where to, and what may pass', (t) => {
  t.deepEqual(lines({ mode: 'sqs=forward', upstream: 'aws' }), ['sqs forward http://h/sqs/ to aws'])
  const guards = { only: 'queue:a*', operations: 'Get*,Send*', 'read-only': true, 'confirm-account': '123456789012' }
  t.deepEqual(lines({ mode: 'sqs=forward', upstream: 'aws?region=eu-west-1', ...guards }), [
    'sqs forward http://h/sqs/ to aws?region=eu-west-1 (only queue:a*; Get*, Send*; reads; account 123456789012)',
  ])
})

test('services that are only forwarded have a line of their own', (t) => {
  t.deepEqual(lines({ mode: 'forward', upstream: 'http://moto:5000' }), [
    'sqs forward http://h/sqs/ to http://moto:5000',
    'others forward http://h/ to http://moto:5000',
  ])
  t.deepEqual(lines({ mode: 'dynamodb=forward', upstream: 'aws' }), [
    'sqs mock http://h/sqs/ no queues yet',
    'dynamodb forward http://h/ to aws',
  ])
  t.deepEqual(lines({ mode: 'forward,sqs=mock', upstream: 'aws' }), [
    'sqs mock http://h/sqs/ no queues yet',
    'others forward http://h/ to aws',
  ])
  t.deepEqual(lines({ mode: 'forward', upstream: 'dynamodb=aws' }), [
    'sqs mock http://h/sqs/ no queues yet',
    'dynamodb forward http://h/ to aws',
  ])
})
