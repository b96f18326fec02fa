import test from 'ava'
import fc from 'fast-check'
import * as v from 'valibot'
import { duration, parseDuration } from '../../src/core/duration.ts'

const READ: ReadonlyArray<readonly [given: string | number, ms: number]> = [
  ['200ms', 200],
  ['0ms', 0],
  ['5s', 5000],
  ['1.5s', 1500],
  ['0.5ms', 0.5],
  ['1m', 60_000],
  ['2h', 7_200_000],
  ['14d', 1_209_600_000],
  ['1m30s', 90_000],
  ['1h1m1s1ms', 3_661_001],
  [' 200ms ', 200],
  ['200', 200],
  ['0', 0],
  [200, 200],
  [0, 0],
  [1.5, 1.5],
]

for (const [given, ms] of READ) {
  test(`${JSON.stringify(given)} is ${ms} ms`, (t) => {
    t.is(parseDuration(given), ms)
    t.is(v.parse(duration, given), ms)
  })
}

const REFUSED: readonly unknown[] = [
  '',
  ' ',
  's',
  '5 s',
  '5S',
  '5sec',
  '-5s',
  '+5s',
  '1e3',
  '1,5s',
  '.5s',
  '5s!',
  '5s 5ms',
  '1m30',
  '9999d',
  '9'.repeat(1000),
  'Infinity',
  -1,
  Infinity,
  NaN,
  1e15,
  null,
  undefined,
  true,
  ['5s'],
  { s: 5 },
]

for (const given of REFUSED) {
  const shown = typeof given === 'string' ? JSON.stringify(given.slice(0, 20)) : JSON.stringify([given])
  test(`${shown} (${typeof given}, ${String(given).slice(0, 10)}) is no duration, and the complaint shows one`, (t) => {
    t.is(parseDuration(given), undefined)
    const result = v.safeParse(duration, given)
    t.deepEqual(
      result.issues?.map(({ message }) => message),
      ['expected a duration like "200ms"'],
    )
  })
}

test('every whole number of every unit is read', (t) => {
  const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
  fc.assert(
    fc.property(fc.nat(1000), fc.constantFrom('ms' as const, 's' as const, 'm' as const, 'h' as const), (count, unit) =>
      t.is(parseDuration(`${count}${unit}`), count * units[unit]),
    ),
  )
  t.pass()
})
