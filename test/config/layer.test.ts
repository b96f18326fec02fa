import test from 'ava'
import { checkLayer, defaultsLayer, getIn, namedLayer, setIn, valueFromText } from '../../src/config/layer.ts'

const texts: readonly [kind: 'string' | 'number' | 'boolean', text: string, value: unknown][] = [
  ['string', '1', '1'],
  ['string', ' true ', ' true '],
  ['number', '3000', 3000],
  ['number', ' 3000 ', 3000],
  ['number', '3e3', '3e3'],
  ['number', '-1', '-1'],
  ['number', '', ''],
  ['boolean', '1', true],
  ['boolean', 'TRUE', true],
  ['boolean', 'yes', true],
  ['boolean', ' on ', true],
  ['boolean', '0', false],
  ['boolean', 'False', false],
  ['boolean', 'no', false],
  ['boolean', 'off', false],
  ['boolean', '2', '2'],
]

for (const [kind, text, value] of texts) {
  test(`as a ${kind}, ${JSON.stringify(text)} is ${JSON.stringify(value)}`, (t) => {
    t.is(valueFromText(kind, text), value)
  })
}

test('a value is located by the name of the entry that it is part of', (t) => {
  const layer = namedLayer([
    { path: ['a', 'b'], value: { c: 1 }, name: 'B' },
    { path: ['d'], value: 2, name: 'D' },
  ])
  t.deepEqual(layer.tree, { a: { b: { c: 1 } }, d: 2 })
  t.is(layer.locate(['a', 'b', 'c'], 'value'), 'B')
  t.is(layer.locate(['d'], 'key'), 'D')
  t.is(layer.locate(['a'], 'key'), 'B, D')
})

test('the defaults are a layer that the schema accepts', (t) => {
  const checked = checkLayer(defaultsLayer())
  if ('issues' in checked) return t.fail(JSON.stringify(checked.issues))
  t.is(checked.values.port, 3000)
  t.deepEqual(checked.values.services?.sqs?.queues, [])
})

test('a layer with a mistake comes back with what is wrong', (t) => {
  const checked = checkLayer(namedLayer([{ path: ['port'], value: 'x', name: 'PORT' }]))
  t.true('issues' in checked && checked.issues.length === 1)
})

test('paths lead into own properties only', (t) => {
  t.is(getIn({ a: { b: [5] } }, ['a', 'b', 0]), 5)
  t.is(getIn({ a: 1 }, ['a', 'b']), undefined)
  t.is(getIn({ a: null }, ['a', 'b']), undefined)
  t.is(getIn({}, ['constructor', 'name']), undefined)
  t.deepEqual(getIn({ a: 1 }, []), { a: 1 })
})

test('setting a path makes the way there, and keeps what stands beside it', (t) => {
  const tree = { a: { x: 1 } }
  setIn(tree, ['a', 'b', 'c'], 2)
  setIn(tree, ['d'], 3)
  t.deepEqual(tree as unknown, { a: { x: 1, b: { c: 2 } }, d: 3 })
})
