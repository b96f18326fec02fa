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

const rows: readonly [string, HttpRequest, string, string | undefined, string][] = [
  ['a prefix and a target', json('/sqs/', 'AmazonSQS.SendMessage'), '', 'sqs', '/sqs'],
  ['a prefix without a slash', json('/sqs', 'AmazonSQS.SendMessage'), '', 'sqs', '/sqs'],
  ['a queue below the prefix', json('/sqs/000000000000/orders', 'AmazonSQS.SendMessage'), '', 'sqs', '/sqs'],
  ['no prefix, by the target', json('/', 'AmazonSQS.SendMessage'), '', 'sqs', ''],
  ['no prefix, by the other target', json('/', 'Echo.Say'), '', 'echo', ''],
  ['a queue named like the start of a prefix', json('/sqs-orders', 'AmazonSQS.SendMessage'), '', 'sqs', ''],
  ['an unsigned form post: the first service', form('/'), '', 'sqs', ''],
  ['a signed form post', form('/'), 'sqs', 'sqs', ''],
  ['a form post signed for nobody here', form('/'), 'sns', undefined, ''],
  ['a target of nobody here', json('/', 'TrentService.Encrypt'), 'kms', undefined, ''],
  ['the prefix wins over the signature', form('/sqs/'), 'sns', 'sqs', '/sqs'],
]

for (const [title, request, signingName, service, mount] of rows)
  test(`routes ${title}`, (t) => {
    const found = route(services, request, { ...UNSIGNED, signingName })
    t.is(found.service?.name, service)
    t.is(found.mount, mount)
  })
