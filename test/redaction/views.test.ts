import test from 'ava'
import fc from 'fast-check'
import { viewsOf } from '../../src/redaction/views.ts'

const textsOf = (text: string): string[] => viewsOf(text).map((view) => view.text)

test('a text without escapes has one view, itself', (t) => {
  t.deepEqual(textsOf('{"a":"b"} 100% & more'), ['{"a":"b"} 100% & more'])
})

test('a form, XML and escaped quotes are also seen without their escapes', (t) => {
  t.deepEqual(textsOf('a=%22b+c%22'), ['a=%22b+c%22', 'a="b c"'])
  t.deepEqual(textsOf('&quot;a&quot;&lt;&amp;'), ['&quot;a&quot;&lt;&amp;', '"a"<&'])
  t.deepEqual(textsOf('\\u0022\\u0061'), ['\\u0022\\u0061', '\\"a'])
  t.deepEqual(textsOf('\\\\u0022'), ['\\\\u0022', '\\\\\\"'])
})

test('a view knows where its characters stand', (t) => {
  const [, view] = viewsOf('x%22yz%22!')
  t.is(view?.text, 'x"yz"!')
  t.deepEqual(
    [0, 1, 2, 3, 4, 5, 6].map((index) => view?.rawIndex(index)),
    [0, 1, 4, 5, 6, 9, 10],
  )
})

test('positions never go back and end where the text ends', (t) => {
  const piece = fc.constantFrom('%22', '%zz', '&quot;', '&#34;', '\\u0022', '\\\\u0022', '\\u0041', '+', 'a', '\\', '"')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('')
      for (const view of viewsOf(text)) {
        let before = 0
        for (let i = 0; i <= view.text.length; i++) {
          t.true(view.rawIndex(i) >= before)
          before = view.rawIndex(i)
        }
        t.is(before, text.length)
      }
    }),
  )
})
