import test from 'ava'
import { settled } from '../../src/core/settled.ts'

const then = (value: number): string => `then ${value}`
const failed = (error: unknown): string => `failed ${String(error)}`

test('what is there goes on at once', (t) => {
  t.is(
    settled(() => 1, then, failed),
    'then 1',
  )
})

test('what is still to come goes on when it is there', async (t) => {
  const coming = settled(() => Promise.resolve(1), then, failed)
  t.true(coming instanceof Promise)
  t.is(await coming, 'then 1')
})

test('thrown or rejected, an error is an error', async (t) => {
  const broken = (): number => {
    throw new Error('it')
  }
  t.is(settled(broken, then, failed), 'failed Error: it')
  t.is(await settled(() => Promise.reject<number>(new Error('it')), then, failed), 'failed Error: it')
})

test('an error of what goes on is not taken for one of what was run', (t) => {
  const broken = (): string => {
    throw new Error('later')
  }
  t.throws(() => settled(() => 1, broken, failed), { message: 'later' })
})
