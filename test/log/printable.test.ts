import test from 'ava'
import fc from 'fast-check'
import { printable } from '../../src/log/printable.ts'

const texts: readonly [title: string, text: string, shown: string][] = [
  ['ordinary text', 'orders-dlq.fifo', 'orders-dlq.fifo'],
  ['letters of all languages, and emoji', 'straße 注文 🚀', 'straße 注文 🚀'],
  ['line breaks', 'orders\n12:00:00 fake\r', 'orders\\x0a12:00:00 fake\\x0d'],
  ['colours', '\u001b[31mred', '\\x1b[31mred'],
  ['a null and a delete', '\0\u007f', '\\x00\\x7f'],
  ['C1 controls', '\u009b31m', '\\x9b31m'],
  ["Unicode's other line breaks", 'a\u2028b\u2029c\u0085d', 'a\\u{2028}b\\u{2029}c\\x85d'],
  ['marks that reorder text', 'a\u202egnp.exe', 'a\\u{202e}gnp.exe'],
  ['what cannot be seen', 'a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
  ['half of a pair', 'a\ud83d', 'a\\u{d83d}'],
]

for (const [title, text, shown] of texts) {
  test(`${title}: ${shown}`, (t) => {
    t.is(printable(text), shown)
  })
}

test('a long text is cut', (t) => {
  t.is(printable('x'.repeat(300)), `${'x'.repeat(200)}…`)
  t.is(printable('abcdef', 3), 'abc…')
  t.is(printable('abc', 3), 'abc')
})

test('whatever comes in, one line of text without controls goes out', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = printable(text)
      // oxlint-disable-next-line no-control-regex -- their absence is what is tested
      t.notRegex(shown, /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
      t.true(shown.isWellFormed())
    }),
  )
})
