import test from 'ava'
import fc from 'fast-check'
import { Heap, type HeapItem } from '../../src/core/heap.ts'

interface Item extends HeapItem {
  key: number
  readonly order: number
}

const before = (a: Item, b: Item): boolean => a.key < b.key || (a.key === b.key && a.order < b.order)

let made = 0
const item = (key: number): Item => ({ key, order: made++, heapIndex: -1 })

test('an empty heap has nothing to give', (t) => {
  const heap = new Heap(before)
  t.is(heap.peek(), undefined)
  t.is(heap.take(), undefined)
  t.is(heap.size, 0)
})

test('the smallest comes first, and peeking leaves it there', (t) => {
  const heap = new Heap(before)
  for (const key of [5, 1, 4]) heap.add(item(key))
  t.is(heap.peek()?.key, 1)
  t.is(heap.size, 3)
  t.deepEqual(drain(heap), [1, 4, 5])
})

test('an item is taken out of the middle and knows that it is in no heap', (t) => {
  const heap = new Heap(before)
  const items = [3, 1, 2].map(item)
  for (const each of items) heap.add(each)
  const middle = items[2] as Item
  heap.remove(middle)
  t.is(middle.heapIndex, -1)
  heap.remove(middle)
  t.deepEqual(drain(heap), [1, 3])
  t.true(items.every(({ heapIndex }) => heapIndex === -1))
})

test('an item that was removed may be added again', (t) => {
  const heap = new Heap(before)
  const only = item(1)
  heap.add(only)
  heap.remove(only)
  heap.add(only)
  t.is(heap.take(), only)
})

test('it is read in order and stays as it was, however far it is read', (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 30 }), fc.nat(30), (keys, count) => {
      const heap = new Heap(before)
      const items = keys.map(item)
      for (const each of items) heap.add(each)
      const read: Item[] = []
      for (const each of heap) if (read.push(each) > count) break
      const sorted = items.toSorted((a, b) => (before(a, b) ? -1 : 1))
      t.deepEqual(read, sorted.slice(0, count + 1))
      t.deepEqual(
        drain(heap),
        sorted.map(({ key }) => key),
      )
    }),
  )
})

test('whatever is added, removed, taken and updated, it agrees with a sorted array', (t) => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), key: fc.nat(20), at: fc.nat() }) },
    fc.record({ do: fc.constant('remove' as const), key: fc.nat(20), at: fc.nat() }),
    fc.record({ do: fc.constant('update' as const), key: fc.nat(20), at: fc.nat() }),
    fc.record({ do: fc.constant('take' as const), key: fc.nat(20), at: fc.nat() }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const heap = new Heap(before)
      const model: Item[] = []
      for (const { do: what, key, at } of steps) {
        const chosen = model[at % Math.max(1, model.length)]
        if (what === 'add') {
          const added = item(key)
          heap.add(added)
          model.push(added)
        } else if (what === 'take') {
          t.is(heap.take(), model.shift())
        } else if (chosen !== undefined && what === 'remove') {
          heap.remove(chosen)
          model.splice(model.indexOf(chosen), 1)
        } else if (chosen !== undefined) {
          chosen.key = key
          heap.update(chosen)
        }
        model.sort((a, b) => (before(a, b) ? -1 : 1))
        t.is(heap.size, model.length)
        t.is(heap.peek(), model[0])
      }
      for (const expected of model) t.is(heap.take(), expected)
      t.is(heap.take(), undefined)
    }),
  )
})

test('adding and taking compare O(log n) times, adding in order once', (t) => {
  let comparisons = 0
  const heap = new Heap<Item>((a, b) => {
    comparisons++
    return before(a, b)
  })
  const count = 1 << 14
  for (let key = 0; key < count; key++) heap.add(item(key))
  t.true(comparisons <= count, `${comparisons} comparisons to add ${count} in order`)
  comparisons = 0
  for (let i = 0; i < 100; i++) heap.take()
  t.true(comparisons <= 100 * 2 * 14, `${comparisons} comparisons to take 100`)
})

function drain(heap: Heap<Item>): number[] {
  const keys: number[] = []
  for (let next = heap.take(); next !== undefined; next = heap.take()) keys.push(next.key)
  return keys
}
