import test from 'ava'
import * as v from 'valibot'
import { byteSize, parseByteSize } from '../../src/core/byte-size.ts'

for (const [given, bytes] of [
  ['20kB', 20_000],
  ['20KB', 20_000],
  ['20 kB', 20_000],
  ['1.5MB', 1_500_000],
  ['64KiB', 65_536],
  ['1MiB', 1_048_576],
  ['512B', 512],
  ['512', 512],
  [512, 512],
  [0, 0],
  ['0', 0],
  [0.6, 1],
] as const)
  test(`${JSON.stringify(given)} is ${bytes} bytes`, (t) => {
    t.is(parseByteSize(given), bytes)
    t.is(v.parse(byteSize, given), bytes)
  })

for (const given of [
  '',
  'kB',
  '20 k B',
  '20kBit',
  '20XB',
  '-1',
  -1,
  NaN,
  Infinity,
  '2000MB',
  null,
  undefined,
  true,
  [],
])
  test(`${JSON.stringify(given)} (${String(given)}) is no size`, (t) => {
    t.is(parseByteSize(given), undefined)
    t.is(v.safeParse(byteSize, given).issues?.[0].message, 'expected a size like "20kB"')
  })
