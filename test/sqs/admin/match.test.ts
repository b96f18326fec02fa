import test from 'ava'
import fc from 'fast-check'
import { PipitError } from '../../../src/core/errors.ts'
import { parseMatch } from '../../../src/sqs/admin/match.ts'

const order = JSON.stringify({ order: { id: 42, items: [{ name: 'two coffees' }] }, paid: true, note: null })

for (const [match, body, expected] of [
  ['coffee', 'two coffees', true],
  ['Coffee', 'two coffees', false],
  ['', 'anything', true],
  ['/^two .*s$/', 'two coffees', true],
  ['/COFFEE/i', 'two coffees', true],
  ['/^coffee/', 'two coffees', false],
  ['/a', '/a/b', true],
  ['$.order.id=42', order, true],
  ['$.order.id = 43', order, false],
  ['$.order.items[0].name=two coffees', order, true],
  ['$.paid=true', order, true],
  ['$.note=null', order, true],
  ['$.order.items[5].name=x', order, false],
  ['$.constructor=x', order, false],
  ['$.order.id=42', 'not JSON', false],
] as const)
  test(`${match} ${expected ? 'fits' : 'does not fit'} ${body.slice(0, 30)}`, (t) => {
    t.is(parseMatch(match)(body), expected)
  })

for (const [match, message] of [
  ['/(/', /is no regular expression/],
  ['/a/g', /has the flags "g"/],
  ['x'.repeat(501), /longer than 500/],
] as const)
  test(`match ${match.slice(0, 10)} is refused with the reason`, (t) => {
    t.throws(() => parseMatch(match), { instanceOf: PipitError, code: 'bad-request', message })
  })

test('a pattern that would take years is ended, and says so', (t) => {
  for (const pattern of ['/^(a+)+$/', '/^(a|a)*$/'])
    t.throws(() => parseMatch(pattern)(`${'a'.repeat(60)}!`), { code: 'bad-request', message: /takes too long/ })
})

test('whatever is asked, it is a match or refused', (t) => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (match, body) => {
      try {
        t.is(typeof parseMatch(match)(body), 'boolean')
      } catch (error) {
        t.true(error instanceof PipitError)
      }
    }),
  )
})
