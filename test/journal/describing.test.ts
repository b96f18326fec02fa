import test from 'ava'
import type { Service } from '../../src/core/service.ts'
import { describing, inWords } from '../../src/journal/describing.ts'
import { echo } from '../echo-service.ts'
import { ended } from './exchanges.ts'

test('a service says in words what a call was about', (t) => {
  const sqs: Service = { ...echo(), name: 'sqs', describe: ({ operation }) => ({ resource: `for ${operation}` }) }
  t.deepEqual(inWords(ended(), describing([sqs], undefined)), { resource: 'for SendMessage' })
})

test('of a service that nobody knows nothing is said', (t) => {
  t.deepEqual(inWords(ended(), describing([], undefined)), {})
})

test('a service that breaks on a call is told of, and the call goes on', (t) => {
  const errors: unknown[] = []
  const bug = new Error('a bug')
  const broken: Service = {
    ...echo(),
    name: 'sqs',
    describe: () => {
      throw bug
    },
  }
  t.deepEqual(
    inWords(
      ended(),
      describing([broken], (error) => errors.push(error)),
    ),
    {},
  )
  t.deepEqual(errors, [bug])
})
