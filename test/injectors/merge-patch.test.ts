import test from 'ava'
import { mergePatch } from '../../src/injectors/merge-patch.ts'

/** The table of RFC 7396, appendix A. */
const CASES: ReadonlyArray<readonly [target: unknown, patch: unknown, result: unknown]> = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
]

for (const [target, patch, result] of CASES)
  test(`${JSON.stringify(target)} with ${JSON.stringify(patch)} is ${JSON.stringify(result)}`, (t) => {
    const before = structuredClone(target)
    t.deepEqual(mergePatch(target, patch), result)
    t.deepEqual(target, before, 'the target itself is not touched')
  })

test('a blob is a value, not a mapping', (t) => {
  const blob = Buffer.from('x')
  t.deepEqual(mergePatch({ blob }, { other: 1 }), { blob, other: 1 })
  t.deepEqual(mergePatch({ blob }, { blob: { a: 1 } }), { blob: { a: 1 } })
})

test('names that mean something to JavaScript mean nothing here', (t) => {
  const merged = mergePatch({}, JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')) as object
  t.deepEqual(Object.keys(merged), ['__proto__', 'constructor'])
  t.is(({} as { polluted?: boolean }).polluted, undefined)
})
