import test from 'ava'
import fc from 'fast-check'
import { decodeBase64 } from '../../src/protocols/base64.ts'

test('any bytes come back', (t) => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      t.deepEqual(decodeBase64(Buffer.from(bytes).toString('base64')), Buffer.from(bytes))
    }),
    { seed: 1 },
  )
})

for (const text of ['a', 'ab', 'abc', 'ab=c', '====', '=aaa', 'a===', 'ab_-', 'aGk=\n', 'aG k=', 'a\u0000bc', 'ä==='])
  test(`${JSON.stringify(text)} is not base64`, (t) => {
    t.is(decodeBase64(text), undefined)
  })
