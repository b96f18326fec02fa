import test from 'ava'
import fc from 'fast-check'
import type { Call } from '../../src/core/exchange.ts'
import type { ServiceShapes, StructureShape } from '../../src/core/shapes.ts'
import { awsQuery } from '../../src/protocols/aws-query.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'
import { decoded, form, inputOf, plain, request } from './requests.ts'

const open: StructureShape = { type: 'structure', members: {}, isOpen: true }
const wrapped: StructureShape = {
  type: 'structure',
  members: {
    Topics: { type: 'list', member: { type: 'structure', members: { Arn: { type: 'string' }, N: { type: 'long' } } } },
    Pairs: { type: 'map', value: { type: 'blob' }, keyName: 'key', valueName: 'value' },
    Flag: { type: 'boolean' },
  },
}
const shapes: ServiceShapes = {
  ...sqsShapes,
  operations: {
    ...sqsShapes.operations,
    Open: { input: open, output: open },
    Wrapped: { input: wrapped, output: wrapped },
  },
}
const protocol = awsQuery(shapes)
const read = (given: Parameters<typeof protocol.decodeRequest>[0]): Call =>
  decoded(protocol.decodeRequest(given, '/sqs'))

for (const [operation, { input }] of Object.entries(shapes.operations))
  if (operation !== 'Open')
    test(`any input of ${operation}, put into a request, is read from it again`, (t) => {
      fc.assert(
        fc.property(inputOf(input), fc.boolean(), (value, isForm) => {
          const like = isForm
            ? form(`Action=${operation}&MessageBody=old&Version=2012-11-05`, '/sqs/0/q?X-Amz-Date=1')
            : request({ method: 'GET', target: `/sqs/0/q?MessageBody=old&Action=${operation}` })
          const made = protocol.encodeRequest({ operation, input: value as Record<string, unknown> }, like)
          const call = read(made)
          t.is(call.operation, operation)
          t.is(call.path, '/0/q')
          t.deepEqual(plain(call.input), plain(value))
        }),
        { numRuns: 30, seed: 1 },
      )
    })

test('what is no input stays where it was, and everything else is only in the new one', (t) => {
  const like = form('Action=SendMessage&Version=2012-11-05&MessageBody=old&Unknown=x', '/q?X-Amz-Date=1&DelaySeconds=1')
  const made = protocol.encodeRequest({ operation: 'SendMessage', input: { MessageBody: 'a b&ü' } }, like)
  t.is(made.target, '/q?X-Amz-Date=1')
  t.is(made.body.toString(), 'Action=SendMessage&Version=2012-11-05&MessageBody=a%20b%26%C3%BC')
  t.deepEqual(made.rawHeaders, like.rawHeaders)
  const inAddress = request({ method: 'GET', target: '/q?Action=SendMessage&MessageBody=old' })
  t.is(
    protocol.encodeRequest({ operation: 'SendMessage', input: { MessageBody: 'new' } }, inAddress).target,
    '/q?Action=SendMessage&MessageBody=new',
  )
})

test('an input without a shape is written as it is read', (t) => {
  const input = { Name: 'a', Tags: [{ Key: 'k' }, { Key: 'l', Values: ['1', '2'] }], Thing: { A: '', B: { C: 'x' } } }
  const made = protocol.encodeRequest({ operation: 'Open', input }, form('Action=Open'))
  t.is(
    made.body.toString(),
    'Action=Open&Name=a&Tags.member.1.Key=k&Tags.member.2.Key=l&Tags.member.2.Values.member.1=1' +
      '&Tags.member.2.Values.member.2=2&Thing.A=&Thing.B.C=x',
  )
  t.deepEqual(read(made).input, input)
  const typed = { N: 7, Flag: true, Nothing: null, Bytes: Buffer.from('hi') }
  t.deepEqual(read(protocol.encodeRequest({ operation: 'Open', input: typed }, form('Action=Open'))).input, {
    N: '7',
    Flag: 'true',
    Bytes: 'aGk=',
  })
})

test('a request of an unknown operation cannot be written', (t) => {
  t.throws(() => protocol.encodeRequest({ operation: 'Nope', input: {} }, form('')), { instanceOf: TypeError })
})
