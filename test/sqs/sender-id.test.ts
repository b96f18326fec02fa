import test from 'ava'
import { senderIdOf } from '../../src/sqs/sender-id.ts'

test('a sender id looks like that of an IAM user and belongs to the key', (t) => {
  t.regex(senderIdOf('test'), /^AIDA[A-Z2-7]{17}$/)
  t.is(senderIdOf('test'), senderIdOf('test'))
  t.not(senderIdOf('test'), senderIdOf('other'))
  t.regex(senderIdOf(''), /^AIDA/)
})

test('a key has the same id after it was forgotten', (t) => {
  const before = senderIdOf('test')
  for (let i = 0; i < 1500; i++) senderIdOf(`key-${i}`)
  t.is(senderIdOf('test'), before)
})
