import test from 'ava'
import type { WireMeeting } from '../../../src/injectors/rules/wire-match.ts'
import { lab, NOTE } from './lab.ts'

function meeting(connection: number, port = 3001) {
  const told: string[] = []
  const met: WireMeeting = {
    place: { connection, port },
    happened: (rule, what, n) => told.push(`${rule} ${what} ${n}`),
    refuse: (forMs) => told.push(`refuse ${forMs}`),
  }
  return { met, told }
}

test('a rule that applies says what becomes of the bytes, and counts when they come', (t) => {
  const { faults, report } = lab({ faults: [{ id: 'lost', at: 'wire', do: { reset: 'after-commit' } }] })
  const { met, told } = meeting(1)
  const [match] = faults.meet(met)
  t.like(report('lost'), { considered: 1, matched: 1, fired: 0 })
  t.deepEqual(told, [])
  t.deepEqual(match?.deliveries(), [{ kind: 'cut', at: { part: 'body', at: 0 }, ending: 'reset' }])
  match?.end()
  t.deepEqual(told, ['lost reset 1'])
  t.like(report('lost'), { fired: 1, skippedBy: {} })
})

test('a connection on which nothing comes back was not hit', (t) => {
  const { faults, report } = lab({ faults: [{ id: 'lost', at: 'wire', do: { reset: 'after-commit' } }] })
  faults.meet(meeting(1).met)[0]?.end()
  t.like(report('lost'), { matched: 1, fired: 0, skippedBy: { ineffective: 1 } })
})

test('connections are counted, whatever is done on them, and a rate draws the same for the same seed', (t) => {
  const hit = (seed: number): number[] => {
    const { faults } = lab({ seed, faults: [{ id: 'some', at: 'wire', when: { rate: '30%' }, do: { latency: 5 } }] })
    return Array.from({ length: 200 }, (_, i) => i + 1).filter((number) => faults.meet(meeting(number).met).length > 0)
  }
  t.deepEqual(hit(1), hit(1))
  t.notDeepEqual(hit(1), hit(2))
  t.true(hit(1).length > 30 && hit(1).length < 90)
  const { faults, report } = lab({ faults: [{ id: 'second', at: 'wire', when: { nth: 2 }, do: { latency: 5 } }] })
  t.deepEqual(
    [1, 2, 3].map((number) => faults.meet(meeting(number).met).length),
    [0, 1, 0],
  )
  t.deepEqual(report('second').skippedBy, { nth: 2 })
})

test('conditions, order and final hold as everywhere', (t) => {
  const { faults, report } = lab({
    faults: [
      { id: 'second', at: 'wire', on: { port: 3001 }, do: { latency: 2 } },
      { id: 'first', at: 'wire', order: -1, on: { connection: [1, 2] }, do: { latency: 1 } },
      { id: 'all', at: 'client', do: NOTE },
      { id: 'only', at: 'wire', order: -2, on: { connection: 2 }, final: true, do: { slice: 1 } },
    ],
  })
  const kinds = (number: number, port?: number) =>
    faults
      .meet(meeting(number, port).met)
      .flatMap((match) => match.deliveries().map((each) => ('ms' in each ? each.ms : each.kind)))
  t.deepEqual(kinds(1), [1, 2])
  t.deepEqual(kinds(2), ['slice'])
  t.deepEqual(kinds(3), [2])
  t.deepEqual(kinds(3, 4000), [])
  t.deepEqual(report('second').skippedBy, { final: 1, port: 1 })
  t.is(report('all').considered, 0)
})

test('a port that refuses is the one that the connection came to', (t) => {
  const { faults, refused } = lab({ faults: [{ id: 'down', at: 'wire', do: { refuse: '5s' } }] })
  const { met, told } = meeting(1)
  faults.meet(met)[0]?.deliveries()
  t.deepEqual(told, ['refuse 5000', 'down refuse 5000ms 1'])
  t.deepEqual(refused, [])
})

test('what a run did to connections can be exported, and done again', (t) => {
  const rule = { id: 'some', at: 'wire', do: { reset: 'after-commit' } } as const
  const { faults } = lab({ faults: [{ ...rule, when: { rate: '30%' } }] })
  const run = (of: typeof faults): number[] =>
    [1, 2, 3, 4, 5, 6, 7, 8].filter((number) => {
      const [match] = of.meet(meeting(number).met)
      match?.deliveries()
      match?.end()
      return match !== undefined
    })
  const hit = run(faults)
  const keys = faults.counted('default').flatMap(({ tallies }) => tallies.flatMap(({ firings }) => firings))
  t.is(keys.length, hit.length)
  t.deepEqual(run(lab({ faults: [{ ...rule, when: { keys } }] }).faults), hit)
})

test('without a rule nobody is asked', (t) => {
  t.deepEqual(lab().faults.meet(meeting(1).met), [])
  t.deepEqual(lab({ faults: [{ at: 'wire', enabled: false, do: { latency: 5 } }] }).faults.meet(meeting(1).met), [])
})
