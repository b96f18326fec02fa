import test from 'ava'
import { knownError } from '../../src/protocols/known-error.ts'
import { sqsErrors } from '../../src/sqs/errors.ts'

const row = sqsErrors.QueueDoesNotExist
const denied = sqsErrors.AccessDeniedException

test('an error that no row knows is what the answer says', (t) => {
  const told = { shape: 'A', code: 'B', status: 418, fault: 'Sender', message: 'c' } as const
  t.is(knownError(told, undefined), told)
})

test('an error in the words of its row is that row, with what the other protocol says', (t) => {
  t.deepEqual(knownError({ ...row }, row), row)
  const asQuery = { ...row, message: row.query?.message ?? '' }
  t.deepEqual(knownError(asQuery, row, { ...row, ...row.query }), row)
})

test('other words count, in both protocols', (t) => {
  const { query, ...rest } = row
  t.truthy(query)
  t.deepEqual(knownError({ ...row, message: 'Gone.' }, row), { ...rest, message: 'Gone.' })
})

test('another status counts, in both protocols', (t) => {
  t.deepEqual(knownError({ ...denied }, denied).query, { status: 403 })
  const told = knownError({ ...denied, status: 429 }, denied)
  t.is(told.status, 429)
  t.is(told.query, undefined)
})
