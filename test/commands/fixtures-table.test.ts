import test from 'ava'
import { entryLines } from '../../src/commands/fixtures-table.ts'
import { create, entriesFrom, sendOf } from '../fixtures/entries-of-suite.ts'

test('entries are lines in columns, long ones cut', (t) => {
  const entries = entriesFrom([
    create,
    sendOf('one\ntwo'),
    sendOf('x'.repeat(200)),
    ['GetQueueUrl', { QueueName: 'refunds' }],
  ])
  t.deepEqual(entryLines(entries.map((entry, index) => [`${index + 1}`, entry])), [
    '1  CreateQueue  q',
    '2  SendMessage  q        one two  -> {{messageId.1}}',
    `3  SendMessage  q        ${'x'.repeat(79)}…  -> {{messageId.2}}`,
    '4  GetQueueUrl  refunds    ! AWS.SimpleQueueService.NonExistentQueue',
  ])
  t.deepEqual(entryLines([]), [])
})
