import { XMLParser } from 'fast-xml-parser'
import test from 'ava'
import fc from 'fast-check'
import { fromXml, toXml } from '../../src/protocols/xml.ts'
import { text } from './requests.ts'

const parser = new XMLParser({ htmlEntities: true, trimValues: false, parseTagValue: false })
const read = (xml: string): unknown => (parser.parse(xml) as { R: { T: unknown } }).R.T

test('a document has a declaration, a root in its namespace, and empty elements closed in themselves', (t) => {
  t.is(
    toXml('R', 'http://n/', { A: { B: 'b' }, C: ['1', '2'], D: {}, E: '', F: [], G: true, H: 0 }),
    '<?xml version="1.0"?><R xmlns="http://n/"><A><B>b</B></A><C>1</C><C>2</C><D/><E/><G>true</G><H>0</H></R>',
  )
})

test('what XML or its parsers would change is escaped, as AWS escapes it', (t) => {
  t.is(
    toXml('R', 'n"&', { T: '"\r\n\t<&>\' &amp;' }),
    '<?xml version="1.0"?><R xmlns="n&quot;&amp;"><T>&quot;&#xD;\n\t&lt;&amp;&gt;\' &amp;amp;</T></R>',
  )
})

test('what XML cannot carry at all becomes a replacement character', (t) => {
  t.is(read(toXml('R', '', { T: 'a\u0000b\u001fc\uffffd\ud800e\ufffef' })), 'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf')
})

test('any string that XML can carry is read back by a parser as it was', (t) => {
  const ILLEGAL = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
  fc.assert(
    fc.property(
      text.filter((value) => !ILLEGAL.test(value)),
      (value) => t.is(read(toXml('R', 'n', { T: value })), value),
    ),
    { numRuns: 2000, seed: 1 },
  )
})

test('what is written without the library is what the library writes', (t) => {
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 3 }, text, fc.dictionary(fc.constantFrom('A', 'B', 'C'), tie('node'))),
  }))
  fc.assert(
    // A list is the library's matter, also of one text.
    fc.property(node, (A) => t.is(toXml('R', 'n', { A, L: '' }), toXml('R', 'n', { A, L: [''] }))),
    { numRuns: 1000, seed: 1 },
  )
})

test('a document is read as its root and what is in it: texts with all their spaces, repeated elements as lists', (t) => {
  t.deepEqual(fromXml('<?xml version="1.0"?>\n<n:R xmlns:n="u"><A> 0042&#xD;&lt;</A><B/><B>1</B><!-- c --></n:R>\n'), {
    root: 'R',
    elements: { A: ' 0042\r<', B: ['', '1'] },
  })
  t.deepEqual(fromXml('<R xmlns="http://n/"/>'), { root: 'R', elements: '' })
  t.deepEqual(fromXml('<R><A>a<![CDATA[<&amp;]]>b</A></R>'), { root: 'R', elements: { A: 'a<&amp;b' } })
})

for (const [title, xml] of [
  ['nothing', ''],
  ['text', 'Bad Gateway'],
  ['JSON', '{"a":1}'],
  ['a tag that does not end', '<R'],
  ['an element that does not end', '<R><A>x</A>'],
  ['an element that ends as another', '<R><A>x</A></Q>'],
  ['two roots', '<R/><S/>'],
  ['a document type', '<!DOCTYPE R [<!ENTITY e "x">]><R>&e;</R>'],
  ['a name that is none of a document', '<__proto__><A/></__proto__>'],
] as const)
  test(`${title} is no document`, (t) => {
    t.is(fromXml(xml), undefined)
  })

test('a long text of nothing but escapes is read', (t) => {
  t.deepEqual(fromXml(`<R>${'&quot;'.repeat(200_000)}</R>`), { root: 'R', elements: '"'.repeat(200_000) })
})
