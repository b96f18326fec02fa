import test from 'ava'
import type { Caller, HttpRequest } from '../src/core/exchange.ts'
import { route } from '../src/routes.ts'
import { sqs } from '../src/sqs/service.ts'
import { echo } from './echo-service.ts'

const services = [sqs({ queues: [], strict: { recreateDelay: false, purgeDelay: false } }), echo()]
const UNSIGNED: Caller = { accessKey: '', account: '000000000000', region: 'us-east-1', signingName: '' }

const post = (target: string, ...rawHeaders: string[]): HttpRequest => ({
  method: 'POST',
  target,
  rawHeaders,
  body: Buffer.alloc(0),
})
const json = (target: string, operation: string): HttpRequest => post(target, 'X-Amz-Target', operation)
const form = (target: string): HttpRequest => post(target, 'Content-Type', 'application/x-www-form-urlencoded')

const rows: readonly [string, HttpRequest, string, string, string][] = [
  ['a prefix and a target', json('/sqs/', 'AmazonSQS.SendMessage'), '', 'sqs', '/sqs'],
  ['a prefix without a slash', json('/sqs', 'AmazonSQS.SendMessage'), '', 'sqs', '/sqs'],
  ['a queue below the prefix', json('/sqs/000000000000/orders', 'AmazonSQS.SendMessage'), '', 'sqs', '/sqs'],
  ['no prefix, by the target', json('/', 'AmazonSQS.SendMessage'), '', 'sqs', ''],
  ['no prefix, by the other target', json('/', 'Echo.Say'), '', 'echo', ''],
  ['a queue named like the start of a prefix', json('/sqs-orders', 'AmazonSQS.SendMessage'), '', 'sqs', ''],
  ['an unsigned form post: the first service', form('/'), '', 'sqs', ''],
  ['a signed form post', form('/'), 'sqs', 'sqs', ''],
  ['a form post signed for nobody here', form('/'), 'sns', '', ''],
  ['a target of nobody here', json('/', 'TrentService.Encrypt'), 'kms', '', ''],
  ['the prefix wins over the signature', form('/sqs/'), 'sns', 'sqs', '/sqs'],
]

for (const [title, request, signingName, service, mount] of rows)
  test(`routes ${title}`, (t) => {
    const found = route(services, request, { ...UNSIGNED, signingName })
    t.is(found.service, service)
    t.is(found.mount, mount)
  })

test('a service of nobody here is passed on where that is wanted, by the name that its signature has', (t) => {
  const asked: string[] = []
  const forwards = (name: string): boolean => asked.push(name) > 0
  const pass = (request: HttpRequest, signingName: string) =>
    route(services, request, { ...UNSIGNED, signingName }, '/s/blue', forwards)
  const found = pass(json('/s/blue/', 'DynamoDB_20120810.PutItem'), 'dynamodb')
  t.deepEqual([found.service, found.mount, found.protocol.name], ['dynamodb', '/s/blue', 'generic'])
  t.is(pass(json('/s/blue/', 'AmazonSQS.SendMessage'), 'sqs').protocol.name, 'awsJson1_0')
  t.is(pass({ ...form('/s/blue/'), method: 'PUT' }, 'sqs').service, '', 'one of ours that speaks no protocol of ours')
  for (const name of ['', '*', '../x', 'a b', 'A']) t.is(pass(form('/s/blue/'), name).service, name === '' ? 'sqs' : '')
  t.deepEqual(asked, ['dynamodb'])
})
