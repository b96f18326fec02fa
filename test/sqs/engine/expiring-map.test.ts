import test from 'ava'
import { ExpiringMap } from '../../../src/sqs/engine/expiring-map.ts'

test('an entry ends exactly when its time is over', (t) => {
  const map = new ExpiringMap<string>(100)
  map.set('a', 'first', 1000)
  t.is(map.get('a', 1099), 'first')
  t.is(map.get('a', 1100), undefined)
})

test('reading an entry does not make it last longer', (t) => {
  const map = new ExpiringMap<number>(100)
  map.set('a', 1, 0)
  map.get('a', 90)
  t.is(map.get('a', 100), undefined)
})

test('an entry that was set again lasts from then on', (t) => {
  const map = new ExpiringMap<number>(100)
  map.set('a', 1, 0)
  map.set('a', 2, 50)
  t.is(map.get('a', 100), 2)
  t.is(map.get('a', 149), 2)
  t.is(map.get('a', 150), undefined)
})

test('what has ended is forgotten by whatever call comes next', (t) => {
  const map = new ExpiringMap<number>(100)
  for (let i = 0; i < 5000; i++) map.set(String(i), i, i)
  t.is(map.size, 100)
  t.is(map.get('4999', 5098), 4999)
  t.is(map.size, 1)
  t.is(map.get('none', 9999), undefined)
  t.is(map.size, 0)
  map.set('a', 1, 10_000)
  t.is(map.get('a', 10_001), 1)
})

test('cleared, it is empty and can be used again', (t) => {
  const map = new ExpiringMap<number>(100)
  map.set('a', 1, 0)
  map.clear()
  t.is(map.get('a', 1), undefined)
  map.set('a', 2, 2)
  t.is(map.get('a', 101), 2)
  t.is(map.get('a', 102), undefined)
})
