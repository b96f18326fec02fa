import test from 'ava'
import { fastXmlParser, msgpackr, picocolors, pino, yaml, zlib } from '../../src/core/libraries.ts'

test('each is there when it is asked for', (t) => {
  t.is(yaml().parse('a: 1').a, 1)
  t.is(new (msgpackr().Packr)().unpack(Buffer.from([7])), 7)
  t.is(picocolors().createColors(true).bold('a'), '\u001b[1ma\u001b[22m')
  t.is(pino().levels.values['info'], 30)
  t.is(zlib().crc32('a'), 0xe8b7be43)
  t.deepEqual(new (fastXmlParser().XMLParser)().parse('<a>b</a>'), { a: 'b' })
})
