import test from 'ava'
import fc from 'fast-check'
import { Ring } from '../../src/journal/ring.ts'
import { entry } from './exchanges.ts'

test('a ring agrees with an array, whatever is pushed and shifted', (t) => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 100 }), (steps) => {
      const ring = new Ring('blue')
      const mirror: number[] = []
      let seq = 0
      let shifted = 0
      for (const isPush of steps) {
        if (isPush) {
          mirror.push((seq += 2))
          ring.push(entry(seq))
        } else if (mirror.length > 0) {
          t.is(ring.shift().seq, mirror.shift() as number)
          shifted++
        }
        t.is(ring.size, mirror.length)
        t.is(ring.firstOrdinal, shifted)
        t.is(ring.oldestSeq, mirror[0] ?? Infinity)
        t.deepEqual(
          mirror.map((_, index) => ring.at(shifted + index).seq),
          mirror,
        )
        for (let wanted = 0; wanted <= seq + 1; wanted++) {
          const index = mirror.findIndex((each) => each > wanted)
          t.is(ring.after(wanted), shifted + (index < 0 ? mirror.length : index))
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('what is not there any more, or not yet, is an error', (t) => {
  const ring = new Ring('blue')
  ring.push(entry(1))
  ring.shift()
  t.throws(() => ring.at(0), { instanceOf: RangeError })
  t.throws(() => ring.shift(), { instanceOf: RangeError })
})
