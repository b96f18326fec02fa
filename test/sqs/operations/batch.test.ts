import test from 'ava'
import type { Policy } from '../../../src/sqs/disruptions/disruption.ts'
import { checkEntries, runBatch } from '../../../src/sqs/operations/batch.ts'
import { invalidHandle } from '../../../src/sqs/validation.ts'
import { sqsClient, thrownBy } from '../sqs-client.ts'

const CONTEXT = { policies: undefined }
const NAME = 'SendMessageBatchRequestEntry'
const entries = (count: number): { Id: string }[] => Array.from({ length: count }, (_, i) => ({ Id: `id${i}` }))

test('no entries are an empty batch', (t) => {
  for (const none of [undefined, []]) {
    const error = thrownBy(() => checkEntries(none, NAME))
    t.is(error.code, 'AWS.SimpleQueueService.EmptyBatchRequest')
    t.is(error.message, 'There should be at least one SendMessageBatchRequestEntry in the request.')
  }
})

test('ten entries are the most', (t) => {
  t.is(checkEntries(entries(10), NAME).length, 10)
  const error = thrownBy(() => checkEntries(entries(20), NAME))
  t.is(error.code, 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest')
  t.is(error.message, 'Maximum number of entries per request are 10. You have sent 20.')
})

for (const Id of ['', 'a b', 'a.b', 'ä', 'a'.repeat(81), 'a\n']) {
  test(`${JSON.stringify(Id)} is no id of an entry`, (t) => {
    const error = thrownBy(() => checkEntries([{ Id }], NAME))
    t.is(error.code, 'AWS.SimpleQueueService.InvalidBatchEntryId')
    t.is(
      error.message,
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    )
  })
}

test('an entry has an id, of eighty characters at most', (t) => {
  t.is(
    thrownBy(() => checkEntries([{ Id: 'a' }, {}], NAME)).message,
    'The request must contain the parameter SendMessageBatchRequestEntry.2.Id.',
  )
  t.notThrows(() => checkEntries([{ Id: 'A-z_9'.repeat(16) }], NAME))
})

test('ids are distinct', (t) => {
  const error = thrownBy(() => checkEntries([{ Id: 'a' }, { Id: 'b' }, { Id: 'a' }], NAME))
  t.is(error.code, 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct')
  t.is(error.message, 'Id a repeated.')
})

test('the first thing wrong is complained of: number, then ids, then repeats', (t) => {
  const many = [...entries(10), { Id: '' }, { Id: '' }]
  t.is(thrownBy(() => checkEntries(many, NAME)).shape, 'TooManyEntriesInBatchRequest')
  t.is(thrownBy(() => checkEntries([{ Id: 'a' }, { Id: 'a' }, { Id: '!' }], NAME)).shape, 'InvalidBatchEntryId')
})

test('a missing queue comes before anything in the batch', (t) => {
  for (const operation of ['SendMessageBatch', 'DeleteMessageBatch', 'ChangeMessageVisibilityBatch'])
    t.is(sqsClient().error(operation, { QueueUrl: 'orders', Entries: [] }).shape, 'QueueDoesNotExist', operation)
})

test('each operation names its own entries', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  for (const operation of ['SendMessageBatch', 'DeleteMessageBatch', 'ChangeMessageVisibilityBatch'])
    t.is(
      sqs.error(operation, { QueueUrl }).message,
      `There should be at least one ${operation}RequestEntry in the request.`,
    )
})

test('entries run in order, each for itself; a list without entries is left out', (t) => {
  const run = ({ Id }: { Id?: string }): Record<string, unknown> => {
    if (Id?.startsWith('bad')) throw invalidHandle('h')
    return { MessageId: `m-${Id}` }
  }
  t.deepEqual(runBatch(CONTEXT, [{ Id: 'a' }, { Id: 'bad' }, { Id: 'b' }], run), {
    Successful: [
      { Id: 'a', MessageId: 'm-a' },
      { Id: 'b', MessageId: 'm-b' },
    ],
    Failed: [
      {
        Id: 'bad',
        SenderFault: true,
        Code: 'ReceiptHandleIsInvalid',
        Message: 'The input receipt handle "h" is not a valid receipt handle.',
      },
    ],
  })
  t.deepEqual(Object.keys(runBatch(CONTEXT, [{ Id: 'a' }], run)), ['Successful'])
  t.deepEqual(Object.keys(runBatch(CONTEXT, [{ Id: 'bad' }], run)), ['Failed'])
})

test('what policies refuse does not run, and fails in its place', (t) => {
  const ran: unknown[] = []
  const asked: unknown[] = []
  const refusal = (Code: string) => ({ Code, Message: 'no', SenderFault: false })
  const refusing = (id: string, code: string): Policy => ({
    refuse: (ids) => {
      asked.push(ids)
      return new Map([[id, refusal(code)]])
    },
  })
  const policies = [refusing('b', 'First'), {}, refusing('c', 'Second')]
  const output = runBatch({ policies }, [{ Id: 'a' }, { Id: 'b' }, { Id: 'c' }], ({ Id }) => {
    ran.push(Id)
    return {}
  })
  t.deepEqual(ran, ['a'])
  t.deepEqual(output, {
    Successful: [{ Id: 'a' }],
    Failed: [
      { Id: 'b', ...refusal('First') },
      { Id: 'c', ...refusal('Second') },
    ],
  })
  t.deepEqual(asked, [
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ])
})

test('a bug in an entry is not hidden in the answer', (t) => {
  t.throws(
    () =>
      runBatch(CONTEXT, [{ Id: 'a' }], () => {
        throw new RangeError('bug')
      }),
    { instanceOf: RangeError },
  )
})
