import test from 'ava'
import { ofService } from '../../src/core/service-table.ts'

test('a service has its own word, else the one for all', (t) => {
  t.is(ofService({ '*': 'mock', sqs: 'forward' }, 'sqs'), 'forward')
  t.is(ofService({ '*': 'mock', sqs: 'forward' }, 'dynamodb'), 'mock')
  t.is(ofService({ sqs: 'forward' }, 'dynamodb'), undefined)
})

test('a name that is something to every object is nothing to a table', (t) => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) t.is(ofService({}, name), undefined)
})
