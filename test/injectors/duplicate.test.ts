import test from 'ava'
import { duplicate } from '../../src/injectors/duplicate.ts'
import { act, answerOf, bodyOf } from './acting.ts'

test('the request is executed twice, one after the other, and the second answer is the one', async (t) => {
  const order: string[] = []
  let count = 0
  const acted = await act(duplicate, true, {
    next: async (exchange) => {
      const id = `id-${++count}`
      order.push(`${id} begins`)
      await Promise.resolve()
      order.push(`${id} ends`)
      return answerOf(exchange, { MessageId: id })
    },
  })
  t.is(acted.executed, 2)
  t.deepEqual(order, ['id-1 begins', 'id-1 ends', 'id-2 begins', 'id-2 ends'])
  t.is(bodyOf(acted), '{"MessageId":"id-2"}')
  t.deepEqual(acted.happened, ['after-commit duplicate'])
})
