import test from 'ava'
import fc from 'fast-check'
import { BEGINNING, Journal } from '../../src/journal/journal.ts'
import { ended } from './exchanges.ts'

const journal = (limits: { exchanges?: number; sizeBytes?: number } = {}) =>
  new Journal({ describe: () => ({}), life: 'life', limits })

const seqs = (of: Journal, whose = '*') => [...of.entries(whose)].map(({ seq }) => seq)

test('exchanges are read by session or all together, oldest first', (t) => {
  const one = journal()
  for (const session of ['blue', 'green', 'blue']) one.add(ended({ session }))
  t.deepEqual(seqs(one, 'blue'), [1, 3])
  t.deepEqual(seqs(one, 'green'), [2])
  t.deepEqual(seqs(one), [1, 2, 3])
  t.deepEqual(seqs(one, 'nobody'), [])
})

test("a session keeps its latest; another one's traffic does not push them out", (t) => {
  const one = journal({ exchanges: 3 })
  one.add(ended({ session: 'quiet' }))
  for (let i = 0; i < 10; i++) one.add(ended({ session: 'busy' }))
  t.deepEqual(seqs(one, 'busy'), [9, 10, 11])
  t.deepEqual(seqs(one, 'quiet'), [1])
})

test('when all together weigh too much, the oldest of all goes', (t) => {
  const one = journal({ sizeBytes: 10_000 })
  one.add(ended({ session: 'blue' }))
  for (let i = 0; i < 5; i++) one.add(ended({ session: 'green', bodyBytes: 3000 }))
  t.true(one.sizeBytes <= 10_000)
  t.deepEqual(seqs(one, 'blue'), [])
  one.add(ended({ bodyBytes: 50_000 }))
  t.deepEqual(seqs(one), [], 'one that is larger than everything is not kept either')
  t.is(one.sizeBytes, 0)
})

test('a reader goes on where it was, and is told what it has missed', (t) => {
  for (const whose of ['blue', '*']) {
    const one = journal({ exchanges: 3 })
    one.add(ended({ session: 'blue' }))
    const first = one.after(whose, BEGINNING, 10)
    t.deepEqual([first.entries.length, first.skipped], [1, 0])
    for (let i = 0; i < 5; i++) one.add(ended({ session: 'blue' }))
    const next = one.after(whose, first.position, 2)
    t.deepEqual(
      next.entries.map(({ seq }) => seq),
      [4, 5],
    )
    t.is(next.skipped, 2, whose)
    const last = one.after(whose, next.position, 10)
    t.deepEqual([last.entries.map(({ seq }) => seq), last.skipped], [[6], 0])
    t.deepEqual(one.after(whose, last.position, 10).entries, [])
  }
})

test('a position is a text that comes back; one of a former process is the beginning', (t) => {
  const one = journal()
  const position = { seq: 7, ordinal: 3 }
  t.deepEqual(one.positionOf(one.placeOf(position)), position)
  t.deepEqual(one.positionOf(one.placeOf({ seq: 7, ordinal: Infinity })), { seq: 7, ordinal: Infinity })
  t.deepEqual(one.positionOf('other.7.3'), BEGINNING)
  t.is(one.positionOf('nonsense'), undefined)
})

test('clearing and dropping touch one session, or all', (t) => {
  const one = journal()
  for (const session of ['blue', 'green', 'red']) one.add(ended({ session }))
  one.clear('blue')
  t.deepEqual(seqs(one), [2, 3])
  one.drop('green')
  t.deepEqual(seqs(one), [3])
  one.clear('*')
  t.deepEqual(seqs(one), [])
  t.is(one.sizeBytes, 0)
  one.add(ended({ session: 'green' }))
  t.deepEqual(seqs(one, 'green'), [4])
})

test('who waits is called once, with the next exchange, unless it calls off', (t) => {
  const one = journal()
  let calls = 0
  one.onNext(() => calls++)
  one.onNext(() => t.fail())()
  one.add(ended())
  one.add(ended())
  t.is(calls, 1)
})

test('whatever crosses, no bound is passed and a reader sees or misses every exchange exactly once', (t) => {
  const step = fc.record({ session: fc.constantFrom('a', 'b'), bytes: fc.nat(3000), reads: fc.nat(3) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.constantFrom('a', '*'), (steps, whose) => {
      const one = journal({ exchanges: 5, sizeBytes: 20_000 })
      let position = BEGINNING
      let seen = 0
      let added = 0
      for (const { session, bytes, reads } of steps) {
        one.add(ended({ session, bodyBytes: bytes }))
        if (whose === '*' || whose === session) added++
        t.true(one.sizeBytes <= 20_000)
        for (const name of ['a', 'b']) t.true(seqs(one, name).length <= 5)
        if (reads === 0) continue
        const page = one.after(whose, position, reads)
        seen += page.entries.length + page.skipped
        position = page.position
      }
      for (let page = one.after(whose, position, 2); ; page = one.after(whose, position, 2)) {
        seen += page.entries.length + page.skipped
        position = page.position
        if (page.entries.length === 0) break
      }
      t.is(seen, added)
    }),
  )
})
