import test from 'ava'
import { type ApiError, PipitError, ServiceError } from '../../src/core/errors.ts'

const NO_QUEUE: ApiError = {
  shape: 'QueueDoesNotExist',
  code: 'AWS.SimpleQueueService.NonExistentQueue',
  status: 400,
  fault: 'Sender',
  message: 'The specified queue does not exist.',
}

test('a service error is an answer: it carries the row of the table and no stack', (t) => {
  const error = new ServiceError(NO_QUEUE)
  t.is(error.error, NO_QUEUE)
  t.is(error.message, NO_QUEUE.message)
  t.is(error.name, 'QueueDoesNotExist')
  t.true(error instanceof Error)
  t.notRegex(error.stack ?? '', /\n\s+at /)
})

test('making a service error leaves the stacks of other errors alone', (t) => {
  const limit = Error.stackTraceLimit
  t.is(new ServiceError(NO_QUEUE).name, 'QueueDoesNotExist')
  t.is(Error.stackTraceLimit, limit)
  t.regex(new Error('a bug').stack ?? '', /\n\s+at /)
})

test("the operator's mistake has a code, one line of text and its cause", (t) => {
  const cause = new Error('EADDRINUSE')
  const error = new PipitError('port-taken', 'port 3000 is taken: choose another with --port', { cause })
  t.like(error, {
    name: 'PipitError',
    code: 'port-taken',
    message: 'port 3000 is taken: choose another with --port',
    cause,
  })
  t.false(new PipitError('a', 'b') instanceof ServiceError)
})
