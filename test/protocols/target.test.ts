import test from 'ava'
import { pathBelow, queryOf } from '../../src/protocols/target.ts'

for (const [target, mount, path] of [
  ['/', '', '/'],
  ['/sqs', '/sqs', '/'],
  ['/sqs/', '/sqs', '/'],
  ['/sqs/0/q?Action=x', '/sqs', '/0/q'],
  ['/?/sqs', '', '/'],
  ['/0/a%20b', '', '/0/a%20b'],
  ['http://host:1/0/q?x=/y', '', '/0/q'],
  ['http://host:1', '', '/'],
  ['http://host:1?x=/1', '', '/'],
  ['/0/q?x=http://y/z', '', '/0/q'],
  ['*', '', '/*'],
  ['', '', '/'],
] as const)
  test(`${target} below '${mount}' is ${path}`, (t) => {
    t.is(pathBelow(target, mount), path)
  })

test('the query is what follows the first question mark', (t) => {
  t.is(queryOf('/a?b?c'), 'b?c')
  t.is(queryOf('/a?'), '')
  t.is(queryOf('/a'), '')
})
