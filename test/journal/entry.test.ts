import test from 'ava'
import { Trace } from '../../src/core/trace.ts'
import { ended, entry, reaches } from './exchanges.ts'
import { WholeEntry } from '../../src/journal/entry.ts'

test('an entry knows what crossed: operation, ending, error, client, try', (t) => {
  const one = entry(1, {
    error: 'OverLimit',
    headers: [
      'User-Agent',
      'Boto3/1.43 Botocore/1.43',
      'amz-sdk-invocation-id',
      'call-1',
      'amz-sdk-request',
      'attempt=2; max=3',
    ],
  })
  t.is(one.operation, 'SendMessage')
  t.is(one.status, 400)
  t.is(one.error?.code, 'OverLimit')
  t.is(one.client, 'boto3 1.43')
  t.deepEqual(one.attempt, { invocationId: 'call-1', attempt: 2 })
  t.is(one.description.resource, 'orders')
  t.is(one.protocol, 'awsJson1_0')
})

test('a lost answer has a failure and no status, and what was executed all the same', (t) => {
  const trace = new Trace()
  trace.answered('mock', { kind: 'output', output: { MessageId: 'm-1' } })
  const one = entry(1, { ending: 'reset', trace })
  t.is(one.status, undefined)
  t.is(one.failure?.ending, 'reset')
  t.is(one.source, 'mock')
  t.deepEqual(one.executions[0]?.created, ['m-1'])
})

test('an entry is described when it is read, and once', (t) => {
  let described = 0
  const one = new WholeEntry(1, ended(), () => {
    described++
    return { resource: 'orders' }
  })
  t.is(described, 0)
  t.is(one.description, one.description)
  t.is(described, 1)
})

test("an entry does not hold the exchange, which knows the client's socket", (t) => {
  const finished = ended()
  const one = new WholeEntry(1, finished, () => ({}))
  t.false(reaches(one, finished.exchange))
})
