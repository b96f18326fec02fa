import test from 'ava'
import { answer, exchangeOf, lab, NOTE } from './lab.ts'

test('a rule of the answer lets the request be executed, and sees what came of it', async (t) => {
  const seen: unknown[] = []
  const { pass, report } = lab({
    injectors: {
      look: async (exchange, next) => {
        const outcome = await next(exchange)
        seen.push(outcome.kind === 'response' && outcome.response.status)
        return outcome
      },
      twice: async (exchange, next) => {
        await next(exchange)
        return next(exchange)
      },
    },
    faults: [
      { id: 'look', on: { response: { status: 500 } }, do: { use: 'look' } },
      { id: 'twice', on: { response: { status: '2*' } }, do: { use: 'twice' } },
    ],
  })
  t.is((await pass({}, { hop: () => answer(undefined, 500) })).executed, 1)
  t.deepEqual(seen, [500])
  // Whoever asks again gets the request executed again.
  t.is((await pass()).executed, 2)
  t.deepEqual(report('look').skippedBy, { response: 1 })
})

test('what a rule of the answer counts are the answers that it asks for', async (t) => {
  const { pass, report } = lab({
    faults: [{ id: 'r', on: { response: { status: 500 } }, when: { nth: 2 }, do: { reset: 'after-commit' } }],
  })
  const failing = { hop: () => answer(undefined, 500) }
  await pass()
  await pass({}, failing)
  t.is((await pass({}, failing)).outcome.kind, 'failure')
  t.like(report('r'), { considered: 3, matched: 2, fired: 1, skippedBy: { response: 1, nth: 1 } })
})

test('rules are decided when the exchange comes: what happens in the meantime changes nothing', async (t) => {
  const { faults, pass } = lab({ faults: [{ id: 'r', do: { reset: 'after-commit' } }] })
  const { rules } = await pass(
    {},
    {
      hop: () => {
        faults.remove(undefined)
        return answer()
      },
    },
  )
  t.deepEqual(rules, ['r'])
})

test('an error on the way passes, and the rule is counted as it was', async (t) => {
  const { pass, report } = lab({ faults: [{ id: 'r', do: { reset: 'after-commit' } }] })
  const broken = { hop: () => Promise.reject(new Error('broken')) }
  await t.throwsAsync(pass({}, broken), { message: 'broken' })
  t.like(report('r'), { matched: 1, fired: 0, skippedBy: { ineffective: 1 } })
})

test('where nothing waits, nothing waits because of a rule', (t) => {
  const { faults } = lab({ faults: [{ on: { queue: 'other' }, do: NOTE }] })
  const outcome = faults.injector('client')(exchangeOf(), () => answer())
  t.false(outcome instanceof Promise)
})
