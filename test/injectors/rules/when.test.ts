import test from 'ava'
import * as v from 'valibot'
import { compileWhen, when, type When } from '../../../src/injectors/rules/when.ts'
import { lab, NOTE } from './lab.ts'

/** Which of the first ten calls a rule applies to, from 1. */
async function hits(written: When, stepMs = 0): Promise<number[]> {
  const { pass, wall } = lab({ faults: [{ id: 'r', when: written, do: NOTE }] })
  const found: number[] = []
  for (let i = 1; i <= 10; i++) {
    if ((await pass()).rules.length > 0) found.push(i)
    wall.advance(stepMs)
  }
  return found
}

for (const [written, expected] of [
  [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  [{ first: 2 }, [1, 2]],
  [{ after: 8 }, [9, 10]],
  [{ after: 3, first: 2 }, [4, 5]],
  [{ nth: 3 }, [3]],
  [{ nth: [1, 4] }, [1, 4]],
  [{ after: 5, nth: 2 }, [7]],
  [{ every: 4 }, [4, 8]],
  [{ every: 3, times: 2 }, [3, 6]],
  [{ times: 1 }, [1]],
  [{ rate: 0 }, []],
  [{ rate: '100%' }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  [{ rate: 1, times: 3 }, [1, 2, 3]],
] as readonly [When, number[]][])
  test(`${JSON.stringify(written)} applies to the calls ${expected.join(', ')}`, async (t) => {
    t.deepEqual(await hits(written), expected)
  })

for (const [written, expected] of [
  [{ from: '3s' }, [4, 5, 6, 7, 8, 9, 10]],
  [{ until: '3s' }, [1, 2, 3]],
  [{ for: '2s' }, [1, 2]],
  [{ from: '3s', for: '2s' }, [4, 5]],
  [{ from: '2026-01-01T00:00:08Z' }, [9, 10]],
  [{ until: '2026-01-01T00:00:02Z' }, [1, 2]],
  [{ flap: { on: '2s', off: '3s' } }, [1, 2, 6, 7]],
  [{ from: '1s', flap: { on: '1s', off: '1s' }, for: '4s' }, [2, 4]],
  [{ from: '3s', first: 2 }, [4, 5]],
] as readonly [When, number[]][])
  test(`with a call a second, ${JSON.stringify(written)} applies to the calls ${expected.join(', ')}`, async (t) => {
    t.deepEqual(await hits(written, 1000), expected)
  })

test('a rate applies to about its share, whichever way it draws', async (t) => {
  for (const key of ['content', 'sequence'] as const) {
    const { pass } = lab({ faults: [{ id: 'r', when: { rate: '30%', key }, do: NOTE }] })
    let fired = 0
    for (let i = 0; i < 1000; i++) fired += (await pass({ body: `message ${i % 100}` })).rules.length
    t.true(fired > 240 && fired < 360, `${key}: ${fired}`)
  }
})

for (const [written, message] of [
  [{ first: 0 }, 'expected a whole number from 1'],
  [{ nth: 1.5 }, 'expected a whole number from 1'],
  [{ nth: [] }, 'expected a whole number from 1'],
  [{ rate: 30 }, 'expected a rate like 30% or 0.3'],
  [{ rate: '130%' }, 'expected a rate like 30% or 0.3'],
  [{ rate: 'often' }, 'expected a rate like 30% or 0.3'],
  [{ key: 'content' }, 'key says what a rate draws by: add rate'],
  [{ rate: 1, key: 'contents' }, 'expected content or sequence'],
  [{ from: 'noon' }, 'expected a duration like "30s", or a moment like "2026-12-24T18:00:00Z"'],
  [{ for: 0 }, 'expected a duration of at least 1ms'],
  [{ flap: { on: '1s' } }, 'missing'],
  [{ keys: ['SendMessage orders'] }, 'expected what an export writes: words, and a key like 1f0a9b37c2d4e688#1'],
  [{ frist: 1 }, 'unknown key (did you mean "first"?)'],
] as const)
  test(`${JSON.stringify(written)} is refused`, (t) => {
    t.is(v.safeParse(when, written).issues?.[0]?.message, message)
  })

test('a rule that will never apply again says so, and one that always does', (t) => {
  t.is(compileWhen({ first: 2 }).overAfter({ index: 2, applied: 2 }), 'first')
  t.is(compileWhen({ nth: [1, 3] }).overAfter({ index: 3, applied: 2 }), 'nth')
  t.is(compileWhen({ times: 1 }).overAfter({ index: 5, applied: 1 }), 'times')
  t.is(compileWhen({ first: 2 }).overAfter({ index: 1, applied: 1 }), undefined)
  t.true(compileWhen({}).isAlways)
  t.false(compileWhen({ first: 1 }).isAlways)
})
