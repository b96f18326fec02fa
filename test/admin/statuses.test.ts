import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { complaintAnswer } from '../../src/admin/statuses.ts'

for (const [code, status] of [
  ['not-found', 404],
  ['conflict', 409],
  ['unauthorized', 401],
  ['bug', 500],
  ['whatever-else', 400],
] as const)
  test(`a complaint with the code ${code} is a ${status}, with its sentence and its code`, (t) => {
    const answer = complaintAnswer(new PipitError(code, 'do this instead'))
    t.is(answer.status, status)
    t.deepEqual(JSON.parse(answer.body.toString()), { error: 'do this instead', code })
  })
