import test from 'ava'
import { PipitError } from '../../../src/core/errors.ts'
import { lab, NOTE } from './lab.ts'

const LOST = { id: 'lost', on: { operation: 'SendMessage' }, do: { reset: 'after-commit' } }

test('without a rule, a request goes through and nothing is kept of it', async (t) => {
  const { pass, faults } = lab()
  const { executed, rules } = await pass()
  t.is(executed, 1)
  t.deepEqual(rules, [])
  t.deepEqual(faults.counted(undefined), [])
})

test('a rule stands at its leg, and at no other', async (t) => {
  const { pass } = lab({ faults: [{ ...LOST, at: 'mock' }] })
  t.deepEqual((await pass()).rules, [])
  const { rules, fired, executed, outcome } = await pass({}, { leg: 'mock' })
  t.deepEqual(rules, ['lost'])
  t.like(fired[0], { leg: 'mock', phase: 'after-commit', n: 1 })
  t.is(executed, 1)
  t.like(outcome, { kind: 'failure', failure: { ending: 'reset' } })
})

test('rules are asked in their order: the first one written is outermost, unless order says otherwise', async (t) => {
  const seen: string[] = []
  const note = (name: string) => async (exchange: never, next: (exchange: never) => Promise<never>) => {
    seen.push(name)
    return next(exchange)
  }
  const injectors = { a: note('a'), b: note('b'), c: note('c') } as never
  const use = (name: string, more: object = {}) => ({ id: name, do: { use: name }, ...more })
  const { pass } = lab({ injectors, faults: [use('a', { order: 1 }), use('b'), use('c', { order: -1 })] })
  await pass()
  t.deepEqual(seen, ['c', 'b', 'a'])
})

test('after a final rule that applies no other does, and says so', async (t) => {
  const { pass, report } = lab({
    faults: [
      { id: 'first', when: { first: 1 }, final: true, do: { reset: 'before-commit' } },
      { id: 'second', do: { close: 'before-commit' } },
    ],
  })
  t.deepEqual((await pass()).rules, ['first'])
  t.deepEqual((await pass()).rules, ['second'])
  t.deepEqual(report('second').skippedBy, { final: 1 })
})

test('a rule that applies and does nothing has not fired', async (t) => {
  const { pass, report } = lab({
    faults: [
      { id: 'outer', do: { reset: 'before-commit' } },
      { id: 'inner', do: { close: 'before-commit' } },
    ],
  })
  await pass()
  t.like(report('outer'), { matched: 1, fired: 1, skippedBy: {} })
  t.like(report('inner'), { matched: 1, fired: 0, skippedBy: { ineffective: 1 } })
})

test('rules of all sessions and of one: two with opposite rules do not see each other', async (t) => {
  const { add, pass, report } = lab({ faults: [{ id: 'all', do: NOTE }] })
  add('blue', { id: 'own', do: { reset: 'before-commit' } })
  add('green', { id: 'own', do: { reset: 'after-commit' } })
  t.is((await pass({ session: 'blue' })).executed, 0)
  t.is((await pass({ session: 'green' })).executed, 1)
  t.deepEqual((await pass({ session: 'green' })).rules, ['all', 'own'])
  t.deepEqual((await pass()).rules, ['all'])
  t.is(report('all').fired, 4)
  t.is(report('all', 'green').fired, 2)
  t.is(report('own', 'blue').fired, 1)
})

test('what was changed is refused as a whole where one id is taken', (t) => {
  const { faults, add, read } = lab({ faults: [LOST] })
  add('blue', { id: 'own', do: { reset: 'before-commit' } })
  const conflict = (what: () => void, message: RegExp) =>
    t.throws(what, { instanceOf: PipitError, code: 'conflict', message })
  conflict(() => add(undefined, { id: 'new', do: NOTE }, LOST), /there is a rule lost: change it with PATCH/)
  conflict(() => add('blue', LOST), /there is a rule lost of all sessions/)
  conflict(() => add(undefined, { id: 'own', do: NOTE }), /there is a rule own of session blue/)
  conflict(() => faults.replace(undefined, read(LOST, LOST)), /two rules are called lost/)
  t.deepEqual(
    faults.counted(undefined).map(({ rule }) => rule.id),
    ['lost', 'own'],
  )
})

test('a rule can be switched and keeps its counters; any other change begins anew', async (t) => {
  const { faults, pass, report } = lab({ faults: [LOST] })
  await pass()
  faults.change(undefined, 'lost', { enabled: false })
  t.deepEqual((await pass()).rules, [])
  faults.change(undefined, 'lost', { enabled: true })
  t.is(report('lost').fired, 1)
  t.is((await pass()).fired[0]?.n, 2)
  faults.change(undefined, 'lost', { when: { first: 1 } })
  t.like(report('lost'), { fired: 0, when: { first: 1 }, on: LOST.on })
  t.throws(() => faults.change(undefined, 'lost', { do: { rest: 1 } }), {
    code: 'bad-request',
    message: /do\.rest: unknown key \(did you mean "reset"\?\)/,
  })
  t.throws(() => faults.change(undefined, 'lost', { id: 'other' }), { code: 'bad-request', message: /an id stays/ })
  faults.change(undefined, 'lost', { when: null })
  t.is(report('lost').when, undefined)
  t.throws(() => faults.change(undefined, 'lots', {}), { code: 'not-found', message: /did you mean "lost"/ })
  t.throws(() => faults.change('blue', 'lost', {}), { code: 'not-found', message: /of all sessions/ })
})

test('rules are taken away, one or all of a scope', async (t) => {
  const { faults, add, pass } = lab({ faults: [LOST, { id: 'slow', do: NOTE }] })
  add('blue', { id: 'own', do: NOTE })
  faults.remove(undefined, 'lost')
  t.deepEqual((await pass({ session: 'blue' })).rules, ['own', 'slow'])
  faults.remove('blue')
  t.deepEqual((await pass({ session: 'blue' })).rules, ['slow'])
  faults.remove(undefined)
  t.deepEqual((await pass({ session: 'blue' })).rules, [])
})

test('a reset forgets what a session has counted, and its own rules; those of the start are back', async (t) => {
  const { faults, add, pass, report } = lab({ faults: [{ ...LOST, when: { first: 1 } }] })
  add('blue', { id: 'own', do: NOTE })
  add(undefined, { id: 'later', do: NOTE })
  await pass({ session: 'blue' })
  await pass()
  faults.reset('blue')
  t.deepEqual((await pass({ session: 'blue' })).rules, ['later', 'lost'])
  t.is(report('lost').fired, 2)
  faults.reset('default')
  t.deepEqual(
    faults.counted(undefined).map(({ rule }) => rule.id),
    ['lost'],
  )
  t.deepEqual((await pass()).rules, ['lost'])
})

test('a session that ends leaves nothing behind, what is still under way in it neither', async (t) => {
  const { faults, sessions, add, pass } = lab({ faults: [LOST] })
  add('blue', { id: 'own', do: NOTE })
  await pass(
    { session: 'blue' },
    {
      hop: async () => {
        sessions.remove('blue')
        await faults.injector('mock')({} as never, () => Promise.resolve({} as never))
        return { kind: 'failure', failure: { ending: 'close', reason: '' } }
      },
    },
  )
  t.deepEqual(faults.firedSessions, [])
  t.deepEqual(
    faults.counted(undefined).map(({ rule, tallies }) => [rule.id, tallies.length]),
    [['lost', 0]],
  )
})

test('times are those of the session, from when the rule came; in a session that came later, from then on', async (t) => {
  const { faults, sessions, wall, add, pass, report } = lab()
  sessions.open('old')
  wall.advance(60_000)
  add(undefined, { id: 'for', when: { for: '2m' }, do: NOTE })
  // Nothing has passed in it yet, and its time goes on all the same.
  sessions.find('old')?.clock.advance(121_000)
  t.deepEqual((await pass({ session: 'old' })).rules, [])
  t.deepEqual(report('for', 'old').skippedBy, { for: 1 })
  t.deepEqual((await pass({ session: 'new' })).rules, ['for'])
  sessions.find('new')?.clock.advance(119_000)
  t.deepEqual((await pass({ session: 'new' })).rules, ['for'])
  sessions.find('new')?.clock.advance(1000)
  t.deepEqual((await pass({ session: 'new' })).rules, [])
  faults.reset('new')
  t.deepEqual((await pass({ session: 'new' })).rules, ['for'])
})

test('there is a limit on rules', (t) => {
  const { add } = lab()
  const many = Array.from({ length: 1000 }, (_, index) => ({ id: `r${index}`, do: NOTE }))
  add('a', ...many)
  t.throws(() => add('a', { id: 'more', do: NOTE }), { code: 'conflict', message: /1000 rules at most/ })
  for (const name of ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) add(name, ...many)
  t.throws(() => add('k', { id: 'more', do: NOTE }), { code: 'conflict', message: /10000 rules at most/ })
})

test('a rule that takes the ports down does so through the gateway', async (t) => {
  const { pass, refused } = lab({ faults: [{ do: { refuse: '5s' } }] })
  t.is((await pass()).executed, 0)
  t.deepEqual(refused, [5000])
})

test('other rules of the start: what is the same goes on counting, and what somebody did since stays', async (t) => {
  const kept = { id: 'kept', do: { reset: 'before-commit' } }
  const { pass, faults, report } = lab({ faults: [kept, { ...LOST, id: 'old' }, { ...LOST, id: 'removed' }] })
  await pass()
  const rule = (id: string) => faults.counted(undefined).find((each) => each.rule.id === id)?.rule
  const [added, changed] = [rule('kept'), rule('old')].map((each, i) => ({
    ...each,
    id: ['added', 'new'][i],
  })) as never[]
  faults.add(undefined, [added as never])
  faults.remove(undefined, 'removed')
  faults.configure([rule('kept') as never, changed as never, { ...(rule('old') as object), id: 'removed' } as never])
  t.deepEqual(
    faults.counted(undefined).map((each) => each.rule.id),
    ['kept', 'new', 'added'],
  )
  t.like(report('kept'), { fired: 1 })
  faults.configure([])
  t.deepEqual(
    faults.counted(undefined).map((each) => each.rule.id),
    ['added'],
  )
  faults.reset('default')
  t.deepEqual(faults.counted(undefined), [])
})
