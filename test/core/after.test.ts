import test from 'ava'
import { after, lastly } from '../../src/core/after.ts'

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

test('what is to be done at the end is done, whatever comes of it', async (t) => {
  const done: string[] = []
  const note = (): void => void done.push('done')
  const failing = (): never => {
    throw new Error('no')
  }
  t.is(
    lastly(() => 1, note),
    1,
  )
  t.throws(() => lastly(failing, note), { message: 'no' })
  t.is(done.length, 2)
  const later = lastly(() => Promise.resolve(1), note)
  t.is(done.length, 2, 'not before it is over')
  t.is(await later, 1)
  await t.throwsAsync(async () => lastly(() => Promise.reject(new Error('late')), note), { message: 'late' })
  t.is(done.length, 4)
})
