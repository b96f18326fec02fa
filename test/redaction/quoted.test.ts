import test from 'ava'
import fc from 'fast-check'
import { quoteAt, quotedEnd, scalarsOf } from '../../src/redaction/quoted.ts'

const contentOf = (text: string): string | undefined => {
  const quote = quoteAt(text, 0)
  const end = quote && quotedEnd(text, quote)
  return quote && end === undefined ? undefined : text.slice(quote?.end, end)
}

test('a quote says how deep it is', (t) => {
  t.deepEqual(quoteAt('"a', 0), { character: '"', depth: 0, end: 1 })
  t.deepEqual(quoteAt('x\\"a', 1), { character: '"', depth: 1, end: 3 })
  t.deepEqual(quoteAt('\\\\\\"', 0), { character: '"', depth: 2, end: 4 })
  t.is(quoteAt('a"', 0), undefined)
  t.is(quoteAt('\\n', 0), undefined)
})

test('a string ends at a quote of its own depth', (t) => {
  t.is(contentOf('"a\\"b" "'), 'a\\"b')
  t.is(contentOf('"a\\\\"b'), 'a\\\\')
  t.is(contentOf('\\"a\\\\\\"b\\",\\"'), 'a\\\\\\"b')
  t.is(contentOf('\\"a"'), 'a')
})

test('a string that is cut off ends with the text; an apostrophe ends on its line or was none', (t) => {
  t.is(contentOf('"abc'), 'abc')
  t.is(contentOf("'abc' d"), 'abc')
  t.is(contentOf("'abc"), undefined)
  t.is(contentOf("'abc\nd'"), undefined)
  t.is(contentOf(`'${'a'.repeat(5000)}'`), undefined)
})

test('every string that JSON writes is read to its end, however deep', (t) => {
  fc.assert(
    fc.property(fc.string(), fc.nat(4), (string, depth) => {
      let text = JSON.stringify(string)
      for (let i = 0; i < depth; i++) text = JSON.stringify(text).slice(1, -1)
      const quote = 2 ** depth
      t.is(contentOf(`${text},x`), text.slice(quote, -quote))
    }),
  )
})

test('strings and numbers below a brace, not keys, up to where it is closed', (t) => {
  const text = '{"a":"b","c":[1,-2.5e3,true,null,{"d" : "}"}],"e":""} "f"'
  const { spans, end } = scalarsOf(text, 0)
  t.deepEqual(
    spans.map((span) => text.slice(span.start, span.end)),
    ['b', '1', '-2.5e3', '}'],
  )
  t.is(text.slice(end), ' "f"')
})

test('what is not closed goes on to the end', (t) => {
  t.deepEqual(scalarsOf('[1,"ab', 0), { spans: [{ start: 1, end: 2 }, { start: 4, end: 6 }], end: 6 }) // prettier-ignore
})
