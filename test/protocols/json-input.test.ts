import test from 'ava'
import type { Shape } from '../../src/core/shapes.ts'
import { jsonReader } from '../../src/protocols/json-input.ts'
import { plain } from './requests.ts'

const string: Shape = { type: 'string' }
const tags: Shape = { type: 'map', value: string, queryName: 'Tag', keyName: 'Key', valueName: 'Value' }
const names: Shape = { type: 'list', member: string, queryName: 'Name' }

const WRONG: readonly (readonly [shape: Shape, value: unknown, kind: string, wanted: string])[] = [
  [string, 1, 'NUMBER_VALUE', 'String'],
  [string, true, 'TRUE_VALUE', 'String'],
  [string, {}, 'START_OBJECT', 'String'],
  [{ type: 'integer' }, '1', 'STRING_VALUE', 'Integer'],
  [{ type: 'integer' }, 1.5, 'NUMBER_VALUE', 'Integer'],
  [{ type: 'integer' }, 2 ** 31, 'NUMBER_VALUE', 'Integer'],
  [{ type: 'integer' }, Infinity, 'NUMBER_VALUE', 'Integer'],
  [{ type: 'long' }, 2 ** 53, 'NUMBER_VALUE', 'Long'],
  [{ type: 'boolean' }, 'true', 'STRING_VALUE', 'Boolean'],
  [{ type: 'blob' }, [], 'START_ARRAY', 'Blob'],
  [names, {}, 'START_OBJECT', 'List'],
  [names, 'x', 'STRING_VALUE', 'List'],
  [names, [[]], 'START_ARRAY', 'String'],
  [tags, [], 'START_ARRAY', 'Map'],
  [tags, { a: false }, 'FALSE_VALUE', 'String'],
  [{ type: 'structure', members: {} }, [], 'START_ARRAY', 'Structure'],
]
for (const [shape, value, kind, wanted] of WRONG)
  test(`${typeof value === 'number' ? value : JSON.stringify(value)} for a ${shape.type} is no ${wanted}`, (t) => {
    t.throws(() => jsonReader(shape)(value, 'Thing'), { message: `${kind} cannot be converted to ${wanted}: Thing` })
  })

test('integers and longs are read to their last value', (t) => {
  t.is(jsonReader({ type: 'integer' })(-(2 ** 31), 'N'), -(2 ** 31))
  t.is(jsonReader({ type: 'long' })(Number.MAX_SAFE_INTEGER, 'N'), Number.MAX_SAFE_INTEGER)
})

test('a blob that is not base64 is refused by name', (t) => {
  t.throws(() => jsonReader({ type: 'blob' })('a', 'BinaryValue'), { message: 'BinaryValue is not valid base64.' })
})

test('null is absent: a member, an item, a key', (t) => {
  const read = jsonReader({ type: 'structure', members: { a: string, names, tags } })
  const value = { a: null, names: ['x', null], tags: { k: null, l: 'y' } }
  t.deepEqual(plain(read(value, 'body')), { names: ['x'], tags: { l: 'y' } })
})

test('unknown members are ignored', (t) => {
  const read = jsonReader({ type: 'structure', members: { a: string } })
  t.deepEqual(read({ a: 'x', b: 1 }, 'body'), { a: 'x' })
})

test('a key __proto__ is a key, and changes no object', (t) => {
  const read = jsonReader({ type: 'structure', members: { tags } })
  const input = read(JSON.parse('{"__proto__":{"a":1},"tags":{"__proto__":"x","constructor":"y"}}'), 'body') as {
    tags: Record<string, unknown>
  }
  t.is(Object.getPrototypeOf(input), Object.prototype)
  t.deepEqual(Object.entries(input.tags), [
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
  t.is(input.tags['toString'], undefined)
  t.is(({} as Record<string, unknown>)['a'], undefined)
})
