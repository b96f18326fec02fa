import test from 'ava'
import { md5 } from '../../src/injectors/md5.ts'
import { act, answerOf, bodyOf, complaint, SENT } from './acting.ts'

const DIGEST = /^[0-9a-f]{32}$/

test('a digest is another one that looks as good', async (t) => {
  const acted = await act(md5, 'wrong')
  const { MD5OfMessageBody, MessageId } = JSON.parse(bodyOf(acted)) as typeof SENT
  t.is(MessageId, SENT.MessageId)
  t.regex(MD5OfMessageBody, DIGEST)
  t.not(MD5OfMessageBody, SENT.MD5OfMessageBody)
  t.deepEqual(acted.happened, ['after-commit md5 wrong'])
})

test('digests in lists are found, and blobs stay what they are', async (t) => {
  const blob = Buffer.from([1, 2, 3])
  const MessageAttributes = { a: { DataType: 'Binary', BinaryValue: blob } }
  const message = {
    Body: 'x',
    MD5OfBody: SENT.MD5OfMessageBody,
    MD5OfMessageAttributes: 'f'.repeat(32),
    MessageAttributes,
  }
  for (const protocol of ['json', 'query'] as const) {
    const body = bodyOf(
      await act(md5, 'wrong', {
        protocol,
        operation: 'ReceiveMessage',
        input: { QueueUrl: 'http://localhost/000000000000/q' },
        next: (exchange) => answerOf(exchange, { Messages: [message, message] }),
      }),
    )
    t.notRegex(body, new RegExp(`${SENT.MD5OfMessageBody}|f{32}`))
    t.is(body.split('0'.repeat(32)).length, 3)
    t.is(body.split(blob.toString('base64')).length, 3)
  }
})

test('an answer without one is left as it is, and nothing is reported', async (t) => {
  const { happened } = await act(md5, 'wrong', { next: (exchange) => answerOf(exchange, { MessageId: 'a' }) })
  t.deepEqual(happened, [])
})

test('there is one way to be wrong', (t) => {
  t.is(complaint(md5, 'wrnog'), 'expected wrong (did you mean "wrong"?)')
})
