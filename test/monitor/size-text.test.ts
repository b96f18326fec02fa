import test from 'ava'
import { sizeText } from '../../src/monitor/size-text.ts'

for (const [bytes, text] of [
  [0, '0B'],
  [9999, '9999B'],
  [10_000, '10.0kB'],
  [123_456, '123.5kB'],
  [1_048_576, '1.0MB'],
] as const)
  test(`${bytes} bytes are ${text}`, (t) => {
    t.is(sizeText(bytes), text)
  })
