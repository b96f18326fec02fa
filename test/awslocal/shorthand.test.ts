import test from 'ava'
import fc from 'fast-check'
import { parseShorthand } from '../../src/awslocal/shorthand.ts'
import { PipitError } from '../../src/core/errors.ts'

const read: readonly [text: string, value: unknown][] = [
  ['VisibilityTimeout=30', { VisibilityTimeout: '30' }],
  ['A=1,B=2', { A: '1', B: '2' }],
  ['A = 1 , B = 2', { A: '1', B: '2' }],
  ['Id=1,ReceiptHandle=a=b', { Id: '1', ReceiptHandle: 'a=b' }],
  ['Key=a,b', { Key: ['a', 'b'] }],
  ['Key=[a,b],Other=c', { Key: ['a', 'b'], Other: 'c' }],
  ['Key=[]', { Key: [] }],
  ['k={DataType=String,StringValue=v}', { k: { DataType: 'String', StringValue: 'v' } }],
  ['a={x=1,y=2},b={x=3}', { a: { x: '1', y: '2' }, b: { x: '3' } }],
  ['A="a, b=c"', { A: 'a, b=c' }],
  ["A='it\\'s',B=2", { A: "it's", B: '2' }],
  ['A=a\\,b', { A: 'a,b' }],
  ['A=', { A: '' }],
  ['A=two words', { A: 'two words' }],
]

for (const [text, value] of read)
  test(`${text} is ${JSON.stringify(value)}`, (t) => {
    t.deepEqual(parseShorthand(text), value as ReturnType<typeof parseShorthand>)
  })

for (const text of [
  '',
  'a',
  '=1',
  'a={b=1',
  'a=[b',
  'a="b',
  'a={b}',
  'a={b=1}x',
  'a={'.repeat(20),
  `a=${'['.repeat(20)}`,
])
  test(`${JSON.stringify(text)} is refused, with where`, (t) => {
    const { message } = t.throws(() => parseShorthand(text), { instanceOf: PipitError })
    t.true(message.startsWith('expected key=value pairs or JSON, got '))
  })

test('whatever is written, it ends in a value or in one sentence', (t) => {
  const text = fc.string({ unit: fc.constantFrom('a', '=', ',', '{', '}', '[', ']', '"', "'", '\\', ' ') })
  fc.assert(
    fc.property(text, (shorthand) => {
      try {
        t.is(typeof parseShorthand(shorthand), 'object')
      } catch (error) {
        t.true(error instanceof PipitError)
      }
    }),
  )
})

test('quoted text comes back as it was', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const quoted = value.replace(/[\\"]/g, (character) => `\\${character}`)
      t.deepEqual(parseShorthand(`A="${quoted}",B=1`), { A: value, B: '1' })
    }),
  )
})
