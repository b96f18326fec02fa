import test from 'ava'
import type { Shape, StructureShape } from '../../src/core/shapes.ts'
import { toElements, toRendering } from '../../src/protocols/query-output.ts'

const string: Shape = { type: 'string' }
const inner: StructureShape = {
  type: 'structure',
  members: {
    Bytes: { type: 'blob' },
    Attributes: { type: 'map', value: string, queryName: 'Attribute', keyName: 'Name', valueName: 'Value' },
  },
}
const shape: StructureShape = {
  type: 'structure',
  members: {
    Things: { type: 'list', member: inner, queryName: 'Thing' },
    queueUrls: { type: 'list', member: string, queryName: 'QueueUrl' },
    Tags: { type: 'map', value: inner, queryName: 'Tag', keyName: 'Key', valueName: 'Value' },
    Count: { type: 'integer' },
  },
}
const output = {
  Things: [{ Bytes: Buffer.from('hi'), Attributes: { a: 'x' } }, {}],
  queueUrls: ['u'],
  Tags: { k: { Bytes: Buffer.alloc(0) } },
  Count: 0,
  Internal: 'not in the shape',
}

test('elements are flattened under their query names', (t) => {
  t.deepEqual(toElements(shape, output), {
    Thing: [{ Bytes: 'aGk=', Attribute: [{ Name: 'a', Value: 'x' }] }, {}],
    QueueUrl: ['u'],
    Tag: [{ Key: 'k', Value: { Bytes: '' } }],
    Count: 0,
  })
})

test('what is not flattened is wrapped in XML, and as it is in the JSON rendering', (t) => {
  const wrapped: StructureShape = {
    type: 'structure',
    members: {
      Topics: { type: 'list', member: inner },
      Pairs: { type: 'map', value: string, keyName: 'key', valueName: 'value' },
    },
  }
  const value = { Topics: [{ Bytes: Buffer.from('hi') }], Pairs: { a: 'x' } }
  const { Topics, Pairs } = toElements(wrapped, value)
  t.deepEqual(Topics, { member: [{ Bytes: 'aGk=' }] })
  t.deepEqual(Pairs, { entry: [{ key: 'a', value: 'x' }] })
  t.deepEqual(toRendering(wrapped, value), { Topics: [{ Bytes: 'aGk=', Attributes: null }], Pairs: { a: 'x' } })
})

test('the JSON rendering has small list names, maps as pairs, and null for what is absent', (t) => {
  t.deepEqual(toRendering(shape, output), {
    things: [
      { Bytes: 'aGk=', Attributes: [{ Name: 'a', Value: 'x' }] },
      { Bytes: null, Attributes: null },
    ],
    queueUrls: ['u'],
    Tags: [{ Key: 'k', Value: { Bytes: '', Attributes: null } }],
    Count: 0,
  })
})

test('absent members are no elements', (t) => {
  t.deepEqual(toElements(shape, { Count: undefined, Things: null }), {})
})
