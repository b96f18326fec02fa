import test from 'ava'
import { type Parameter, isForm, readParameters } from '../../src/protocols/query-parameters.ts'
import { form, request } from './requests.ts'

const valueAt = (root: Parameter, name: string): string | undefined =>
  name.split('.').reduce<Parameter | undefined>((at, segment) => at?.children.get(segment), root)?.value

test('names are a tree, values are unescaped', (t) => {
  const root = readParameters(form('A=1&B.1.Name=x+y&B.2.Name=%2B%20%C3%A9%F0%9F%90%A6&C=&D&&=e&F=a=b'), true)
  t.is(valueAt(root, 'A'), '1')
  t.is(valueAt(root, 'B.1.Name'), 'x y')
  t.is(valueAt(root, 'B.2.Name'), '+ é🐦')
  t.is(valueAt(root, 'C'), '')
  t.is(valueAt(root, 'D'), '')
  t.is(valueAt(root, ''), 'e')
  t.is(valueAt(root, 'F'), 'a=b')
  t.is(valueAt(root, 'B'), undefined)
})

test('parameters of the URL count before those of the form, the first before the second', (t) => {
  const root = readParameters(form('A=3&B=4', '/q?A=1&A=2'), true)
  t.is(valueAt(root, 'A'), '1')
  t.is(valueAt(root, 'B'), '4')
})

test('the body is read only when it is a form', (t) => {
  t.is(valueAt(readParameters(request({ target: '/?A=1', body: 'B=2' }), false), 'B'), undefined)
})

test('a name may be __proto__ and changes nothing', (t) => {
  const root = readParameters(form('__proto__.a=1&constructor.prototype.b=2'), true)
  t.is(valueAt(root, '__proto__.a'), '1')
  t.is(({} as Record<string, unknown>)['a'], undefined)
})

test('bytes that a client did not escape are read as UTF-8, in the URL too', (t) => {
  const asNodeHandsItOut = Buffer.from('/?A=é').toString('latin1')
  t.is(valueAt(readParameters(request({ target: asNodeHandsItOut }), false), 'A'), 'é')
  t.is(valueAt(readParameters(form('A=é'), true), 'A'), 'é')
})

for (const [title, body] of [
  ['an escape that ends early', 'A=%2'],
  ['an escape that is none', 'A=%zz'],
  ['escaped bytes that are not UTF-8', 'A=%ff'],
  ['an escaped surrogate', 'A=%ed%a0%80'],
  ['a name with a broken escape', '%=1'],
  ['raw bytes that are not UTF-8', Buffer.from([0x41, 0x3d, 0xff])],
  ['too many parameters', 'A=1&'.repeat(5001)],
  ['too many empty parameters', '&'.repeat(5001)],
] as const)
  test(`${title}: a MalformedInput`, (t) => {
    t.throws(() => readParameters(form(body), true), { name: 'com.amazon.coral.service#MalformedInput' })
  })

test('five thousand parameters are read', (t) => {
  t.is(valueAt(readParameters(form(`${'A=1&'.repeat(4999)}B=2`), true), 'B'), '2')
})

test('a name deeper than any shape is ignored', (t) => {
  const root = readParameters(form(`${'a.'.repeat(1_000_000)}a=1&b=2`), true)
  t.deepEqual([...root.children.keys()], ['b'])
})

for (const [contentType, expected] of [
  ['application/x-www-form-urlencoded', true],
  ['Application/X-WWW-Form-Urlencoded ; charset=UTF-8', true],
  ['application/x-www-form-urlencodedx', false],
  ['multipart/form-data; boundary=x', false],
  ['', false],
  [undefined, false],
] as const)
  test(`${contentType ?? 'no content type'} is ${expected ? 'a' : 'no'} form`, (t) => {
    t.is(isForm(contentType), expected)
  })
