import test from 'ava'
import { fastXmlParser, msgpackr, yaml } from '../../src/core/libraries.ts'

test('each is there when it is asked for', (t) => {
  t.is(yaml().parse('a: 1').a, 1)
  t.is(new (msgpackr().Packr)().unpack(Buffer.from([7])), 7)
  t.deepEqual(new (fastXmlParser().XMLParser)().parse('<a>b</a>'), { a: 'b' })
})
