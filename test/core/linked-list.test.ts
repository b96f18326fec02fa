import test from 'ava'
import fc from 'fast-check'
import { LinkedList, type ListItem } from '../../src/core/linked-list.ts'

class Item implements ListItem<Item> {
  readonly name: string
  previous: Item | undefined = undefined
  next: Item | undefined = undefined
  list: object | undefined = undefined

  constructor(name: string) {
    this.name = name
  }
}

const names = (list: LinkedList<Item>): string => [...list].map(({ name }) => name).join('')

function backwards(list: LinkedList<Item>): string {
  let found = ''
  for (let item = list.last; item !== undefined; item = item.previous) found = item.name + found
  return found
}

test('what is pushed last stands last', (t) => {
  const list = new LinkedList<Item>()
  for (const name of 'abc') list.push(new Item(name))
  t.is(names(list), 'abc')
  t.is(list.first?.name, 'a')
  t.is(list.last?.name, 'c')
  t.is(list.size, 3)
})

test('an item is put after another one, or first', (t) => {
  const list = new LinkedList<Item>()
  const a = new Item('a')
  list.push(a)
  list.insertAfter(new Item('b'), a)
  list.insertAfter(new Item('c'), a)
  list.insertAfter(new Item('d'), undefined)
  t.is(names(list), 'dacb')
  t.is(backwards(list), 'dacb')
})

test('an item that has left knows no list and no neighbours, and may be in another list', (t) => {
  const list = new LinkedList<Item>()
  const items = ['a', 'b', 'c'].map((name) => new Item(name))
  for (const item of items) list.push(item)
  const middle = items[1] as Item
  t.is(middle.list, list)
  list.remove(middle)
  t.is(middle.list, undefined)
  t.is(middle.previous, undefined)
  t.is(middle.next, undefined)
  const other = new LinkedList<Item>()
  other.push(middle)
  t.is(names(list), 'ac')
  t.is(names(other), 'b')
})

test('an empty list has no ends', (t) => {
  const list = new LinkedList<Item>()
  const only = new Item('a')
  list.push(only)
  list.remove(only)
  t.is(list.first, undefined)
  t.is(list.last, undefined)
  t.is(list.size, 0)
})

test('whatever is inserted and removed, it agrees with an array in both directions', (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(30)), { maxLength: 60 }), (steps) => {
      const list = new LinkedList<Item>()
      const model: Item[] = []
      for (const [isInsert, at] of steps) {
        const place = at % (model.length + 1)
        if (isInsert) {
          const item = new Item(String.fromCharCode(97 + at))
          list.insertAfter(item, model[place - 1])
          model.splice(place, 0, item)
        } else {
          const [item] = model.splice(place, 1)
          if (item !== undefined) list.remove(item)
        }
      }
      const expected = model.map(({ name }) => name).join('')
      return names(list) === expected && backwards(list) === expected && list.size === model.length
    }),
  )
  t.pass()
})
