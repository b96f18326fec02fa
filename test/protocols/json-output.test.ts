import test from 'ava'
import type { Shape } from '../../src/core/shapes.ts'
import { jsonWriter } from '../../src/protocols/json-output.ts'

const string: Shape = { type: 'string' }
const value: Shape = { type: 'structure', members: { text: string, bytes: { type: 'blob' } } }
const map: Shape = { type: 'map', value, queryName: 'M', keyName: 'Name', valueName: 'Value' }

test('what can hold no blob is passed on uncopied', (t) => {
  const output = { a: ['x'] }
  const shape: Shape = { type: 'structure', members: { a: { type: 'list', member: string, queryName: 'A' } } }
  t.is(jsonWriter(shape)(output), output)
})

test('a structure that could hold a blob but does not is passed on uncopied', (t) => {
  const output = { text: 'x' }
  t.is(jsonWriter(value)(output), output)
})

test('blobs in maps and lists become base64, and __proto__ stays a key', (t) => {
  const items = JSON.parse('{"__proto__":{"text":"x"}}') as Record<string, unknown>
  items['b'] = { bytes: Buffer.from('hi') }
  const shape: Shape = { type: 'list', member: map, queryName: 'L' }
  t.is(JSON.stringify(jsonWriter(shape)([items])), '[{"__proto__":{"text":"x"},"b":{"bytes":"aGk="}}]')
})
