import test from 'ava'
import { endingEffect } from '../../src/injectors/ending.ts'
import { act, complaint, onWire, responseOf, sqsService } from './acting.ts'

const effect = endingEffect('hang', 'nothing comes')

test('before-commit: the request is lost', async (t) => {
  const { outcome, executed, happened } = await act(effect, 'before-commit')
  t.deepEqual(outcome, { kind: 'failure', failure: { ending: 'hang', reason: 'fault: hang before-commit' } })
  t.is(executed, 0)
  t.deepEqual(happened, ['before-commit hang'])
})

test('after-commit: the request is executed, and its answer is lost', async (t) => {
  const { outcome, executed, happened } = await act(effect, 'after-commit')
  t.deepEqual(outcome, { kind: 'failure', failure: { ending: 'hang', reason: 'fault: hang after-commit' } })
  t.is(executed, 1)
  t.deepEqual(happened, ['after-commit hang'])
})

for (const part of ['head', 'body'] as const)
  test(`mid-${part}: half of the ${part} comes`, async (t) => {
    const acted = await act(effect, `mid-${part}`)
    t.deepEqual(responseOf(acted).delivery, [{ kind: 'cut', at: { part, fraction: 0.5 }, ending: 'hang' }])
    t.deepEqual(acted.happened, [`after-commit hang mid-${part}`])
  })

test('on the wire only what comes back can be lost', (t) => {
  const { deliveries, happened } = onWire(effect, 'after-commit')
  t.deepEqual(deliveries, [{ kind: 'cut', at: { part: 'body', at: 0 }, ending: 'hang' }])
  t.deepEqual(happened, ['after-commit hang'])
  t.deepEqual(onWire(effect, 'mid-head').deliveries, [
    { kind: 'cut', at: { part: 'head', fraction: 0.5 }, ending: 'hang' },
  ])
  t.is(effect.check?.('after-commit', [sqsService], 'wire'), undefined)
  t.is(effect.check?.('before-commit', [sqsService], 'client'), undefined)
  t.is(
    effect.check?.('before-commit', [sqsService], 'wire'),
    'on leg wire there are only the bytes that come back: expected after-commit, mid-head, mid-body',
  )
})

test('another word is told about with the one that was meant', (t) => {
  t.is(
    complaint(effect, 'after-comit'),
    'expected one of before-commit, after-commit, mid-head, mid-body (did you mean "after-commit"?)',
  )
})
