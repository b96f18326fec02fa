import test from 'ava'
import fc from 'fast-check'
import { PipitError } from '../../src/core/errors.ts'
import { parseShorthand } from '../../src/awslocal/shorthand.ts'

const right: readonly [text: string, value: object][] = [
  ['a=1', { a: '1' }],
  ['a=1,b=2', { a: '1', b: '2' }],
  [' a = 1 , b = 2 ', { a: '1', b: '2' }],
  ['a=1,2,3,b=4', { a: ['1', '2', '3'], b: '4' }],
  ['a=[1,2],b=x', { a: ['1', '2'], b: 'x' }],
  ['a=[]', { a: [] }],
  ['a={b=1,c={d=2}}', { a: { b: '1', c: { d: '2' } } }],
  ['a={b=1,2},c=3', { a: { b: ['1', '2'] }, c: '3' }],
  ['a="x, y=z",b=1', { a: 'x, y=z', b: '1' }],
  [String.raw`a='it\'s',b="a\"b"`, { a: "it's", b: 'a"b' }],
  [String.raw`a=x\,y`, { a: 'x,y' }],
  ['a=', { a: '' }],
  ['url=http://host:1/x?y', { url: 'http://host:1/x?y' }],
]
for (const [text, value] of right)
  test(`shorthand ${JSON.stringify(text)} is read`, (t) => t.deepEqual(parseShorthand(text), value))

for (const text of [
  '',
  'a',
  '=1',
  'a={b=1',
  'a=[1',
  'a="x',
  'a={b}',
  'a={b=1}}',
  `a=${'['.repeat(40)}`,
  'a={'.repeat(40),
])
  test(`shorthand ${JSON.stringify(text.slice(0, 20))} is refused, not misread`, (t) => {
    t.throws(() => parseShorthand(text), { instanceOf: PipitError, message: /expected key=value pairs or JSON/ })
  })

test('whatever the text, it is read or refused', (t) => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '=', ',', '{', '}', '[', ']', '"', "'", '\\', ' ') }),
      (text) => {
        try {
          t.is(typeof parseShorthand(text), 'object')
        } catch (error) {
          t.true(error instanceof PipitError)
        }
      },
    ),
  )
})
