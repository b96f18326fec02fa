import test from 'ava'
import { findError, unknownError } from '../../src/core/find-error.ts'
import { sqsService } from '../injectors/acting.ts'

for (const [word, code] of [
  ['RequestThrottled', 'RequestThrottled'],
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['AWS.SimpleQueueService.NonExistentQueue', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['NonExistentQueue', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['ExpiredToken', 'ExpiredToken'],
  ['ExpiredTokenException', 'ExpiredToken'],
  ['com.amazon.coral.service#ExpiredTokenException', 'ExpiredToken'],
  // Both a code of its own and the end of KMS's.
  ['ThrottlingException', 'ThrottlingException'],
  ['KMS.ThrottlingException', 'KMS.ThrottlingException'],
  ['KmsThrottled', 'KMS.ThrottlingException'],
  ['AccessDeniedException', 'AccessDenied'],
] as const)
  test(`${word} is ${code}`, (t) => {
    t.is(findError(sqsService, word)?.code, code)
    t.is(unknownError([sqsService], word), undefined)
  })

test('every error is found by its code and by its shape', (t) => {
  for (const error of sqsService.errors) {
    t.is(findError(sqsService, error.code), error)
    t.is(findError(sqsService, error.shape), error)
  }
})

test('one that nobody has is told about, with the one that was meant', (t) => {
  t.is(findError(sqsService, 'constructor'), undefined)
  t.is(
    unknownError([sqsService], 'RequestThrotled'),
    'no service has an error "RequestThrotled" (did you mean "RequestThrottled"?)',
  )
  t.is(unknownError([sqsService], 'Elephant'), 'no service has an error "Elephant"')
  t.is(unknownError([{ errors: [] }, sqsService], 'OverLimit'), undefined)
})
