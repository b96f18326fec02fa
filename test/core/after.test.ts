import test from 'ava'
import { after } from '../../src/core/after.ts'

test('a value goes on at once, a promise later', async (t) => {
  const doubled = (value: number): number => 2 * value
  t.is(after(1, doubled), 2)
  const later = after(Promise.resolve(1), doubled)
  t.true(later instanceof Promise)
  t.is(await later, 2)
  t.is(await after(1, (value) => Promise.resolve(value + 1)), 2)
})

test('an error goes to the caller, thrown or rejected', async (t) => {
  const fail = (): never => {
    throw new Error('no')
  }
  t.throws(() => after(1, fail), { message: 'no' })
  await t.throwsAsync(async () => after(Promise.resolve(1), fail), { message: 'no' })
  await t.throwsAsync(async () => after(Promise.reject(new Error('early')), fail), { message: 'early' })
})
