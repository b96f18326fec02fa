import test from 'ava'
import fc from 'fast-check'
import { PipitError } from '../../src/core/errors.ts'
import { type FieldName, type FieldValue, parseFilter } from '../../src/journal/filter.ts'

const exchange: Partial<Record<FieldName, FieldValue>> = {
  op: 'ReceiveMessage',
  queue: 'orders-eu',
  status: 400,
  error: ['OverLimit', 'OverLimit'],
  fault: ['lost-ack'],
  session: 'blue',
  client: 'boto3 1.43',
  attempt: 2,
  duration: 150,
}
const fits = (text: string): boolean => parseFilter(text)((field) => exchange[field])

for (const [text, expected] of [
  ['', true],
  ['op=ReceiveMessage', true],
  ['op=receive*', true],
  ['operation=SendMessage', false],
  ['op=Send*,Receive*', true],
  ['-op=Send*', true],
  ['op!=Receive*', false],
  ['-op!=Receive*', true],
  ['status=400', true],
  ['status=4xx', true],
  ['status=2xx,40*', true],
  ['status>=400 queue=orders*', true],
  ['status>400', false],
  ['status<500 status>399', true],
  ['error=overlimit', true],
  ['fault=lost-ack', true],
  ['fault=other', false],
  ['client="boto3 1.43"', true],
  ['attempt=1,2', true],
  ['attempt>1', true],
  ['duration>100ms', true],
  ['took<0.1s', false],
  ['source=mock', false],
  ['-source=mock', true],
  ['orders*', true],
  ['-orders*', false],
  ['overlimit', true],
  ['queue=orders-??', true],
] as const)
  test(`filter "${text}" ${expected ? 'fits' : 'does not fit'}`, (t) => t.is(fits(text), expected))

for (const [text, message] of [
  ['opp=x', /unknown field "opp" \(did you mean "op"\?\)/],
  ['=x', /names no field/],
  ['op>x', /op is a text, compare it with = or !=/],
  ['status=abc', /expected a status like 200, 4xx or >=400/],
  ['attempt=x', /expected a number/],
  ['duration>soon', /expected a duration like "200ms"/],
  ['op=', /has no value/],
  ['-', /expected a word or a term/],
  ['error="x', /that is not closed/],
  ['x'.repeat(2001), /longer than 2000/],
] as const)
  test(`filter ${JSON.stringify(text.slice(0, 20))} is refused with the reason`, (t) => {
    t.throws(() => parseFilter(text), { instanceOf: PipitError, code: 'bad-filter', message })
  })

test('many stars take no time', (t) => {
  t.false(parseFilter(`queue=${'*a'.repeat(50)}b`)(() => 'a'.repeat(2000)))
})

test('whatever is typed, it is a filter or refused', (t) => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        t.is(typeof fits(text), 'boolean')
      } catch (error) {
        t.true(error instanceof PipitError)
      }
    }),
  )
})
