import { readdirSync, readFileSync } from 'node:fs'
import test from 'ava'
import * as v from 'valibot'
import type { Clock } from '../../src/core/clock.ts'
import { effects } from '../../src/injectors/index.ts'
import { ALL_LEGS } from '../../src/injectors/legs.ts'
import { act, complaint, firingOf, LOST, sqsService } from './acting.ts'

test('every file that defines an effect is in the table, once', (t) => {
  const folder = 'src/injectors'
  const defining = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const text = readFileSync(`${folder}/${name}`, 'utf8')
      return [...text.matchAll(/^ {2}name: '(\w+)'|^export const (\w+) = endingEffect/gm)].map(([, a, b]) => a ?? b)
    })
  const byName = (a = '', b = ''): number => (a < b ? -1 : 1)
  t.deepEqual(effects.map(({ name }) => name).sort(byName), defining.sort(byName))
})

/** Everything is due at once. */
const hasty: Clock = {
  nowMs: () => 0,
  schedule(_atMs, task) {
    queueMicrotask(task)
    return () => {}
  },
}

for (const effect of effects) {
  test(`${effect.name}: its example is one, and passes`, (t) => {
    t.is(complaint(effect, effect.example), undefined)
    const args = v.parse(effect.args, effect.example)
    for (const leg of effect.legs) if (leg !== 'wire') t.is(effect.check?.(args, [sqsService], leg), undefined)
  })

  test(`${effect.name}: it says what it does, in a line`, (t) => {
    t.regex(effect.summary, /^\S.{10,120}\S$/)
  })

  test(`${effect.name}: it stands on the wire exactly when it knows what to do with bytes`, (t) => {
    t.is(effect.legs.includes('wire'), effect.deliveries !== undefined)
    for (const leg of effect.legs) t.true(ALL_LEGS.includes(leg))
  })

  test(`${effect.name}: a wrong value is told about in a line`, (t) => {
    for (const wrong of [null, undefined, [], { nonsense: 1 }, 'elephant!', -4e12, NaN]) {
      const text = complaint(effect, wrong) ?? ''
      t.regex(text, /^[^\n]{4,200}$/, JSON.stringify(wrong))
      t.notRegex(text, /^Invalid/, 'words of the library')
    }
  })

  test(`${effect.name}: an answer that was lost stays lost, and is not reported, unless nobody asked for it`, async (t) => {
    const { outcome, happened, executed } = await act(effect, effect.example, {
      next: () => LOST,
      wall: hasty,
    })
    if (executed === 0) t.true(happened.every((word) => word.startsWith('before-commit')))
    else t.is(outcome, LOST)
    if (executed > 0 && !['latency', 'duplicate'].includes(effect.name)) t.deepEqual(happened, [])
  })

  test(`${effect.name}: what it says of itself fits into a header`, async (t) => {
    const { happened } = await act(effect, effect.example, {
      wall: hasty,
    })
    for (const word of happened) t.regex(word, /^(?:before|after)-commit [\x20-\x7e]{2,80}$/)
    t.true(happened.length > 0 || effect.name === 'retryAfterMs')
    if (effect.legs.includes('wire')) {
      const args = v.parse(effect.args, effect.name === 'cut' ? { at: 5 } : effect.example)
      t.true((effect.deliveries?.(args, firingOf()) ?? []).length > 0)
    }
  })
}
