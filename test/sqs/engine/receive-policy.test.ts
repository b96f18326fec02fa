import test from 'ava'
import type { Message } from '../../../src/sqs/engine/message.ts'
import { cut } from '../../../src/sqs/engine/receive-policy.ts'
import { messageAt } from './lab.ts'

const line = Array.from({ length: 4 }, (_, offset) => messageAt(offset))

function cutAt(most: number, isDead: (message: Message) => boolean = () => false) {
  let cuts = 0
  const left = cut(line, most, { max: 10, inFlight: 0, isFifo: false, isDead }, () => cuts++)
  return { left: Array.from(left, ({ offset }) => offset), cuts }
}

test('a line is cut after so many messages, and it is told that there were more', (t) => {
  t.deepEqual(cutAt(2), { left: [0, 1], cuts: 1 })
  t.deepEqual(cutAt(0), { left: [], cuts: 1 })
})

test('a line that is short enough is whole, and nothing is told', (t) => {
  t.deepEqual(cutAt(4), { left: [0, 1, 2, 3], cuts: 0 })
  t.deepEqual(cutAt(9), { left: [0, 1, 2, 3], cuts: 0 })
})

test('dead letters do not count', (t) => {
  const isOdd = ({ offset }: Message): boolean => offset % 2 === 1
  t.deepEqual(cutAt(1, isOdd), { left: [0, 1], cuts: 1 })
  t.deepEqual(cutAt(2, isOdd), { left: [0, 1, 2, 3], cuts: 0 })
})
