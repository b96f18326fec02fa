import test from 'ava'
import { isSameJson, parseJsonObject } from '../../src/sqs/json-text.ts'

test('only an object is an object', (t) => {
  t.deepEqual(parseJsonObject('{"a":[1]}'), { a: [1] })
  for (const text of ['', '{', '[]', 'null', '1', '"a"']) t.is(parseJsonObject(text), undefined, text)
})

const PAIRS: ReadonlyArray<readonly [a: string, b: string, same: boolean]> = [
  ['{"a":1,"b":"x"}', '{ "b": "x", "a": "1" }', true],
  ['{"a":{"c":[1,2],"d":true}}', '{"a":{"d":"true","c":["1",2]}}', true],
  ['{"a":1}', '{"a":2}', false],
  ['{"a":[1,2]}', '{"a":[2,1]}', false],
  ['{"a":1}', '{"a":1,"b":2}', false],
  ['{"a":"1,2"}', '{"a":["1","2"]}', false],
  ['1', '1', false],
  ['', '', false],
]

for (const [a, b, same] of PAIRS) {
  test(`${a} and ${b} say ${same ? 'the same' : 'different things'}`, (t) => {
    t.is(isSameJson(a, b), same)
  })
}
