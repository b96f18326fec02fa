import test from 'ava'
import {
  checkDelay,
  checkToken,
  checkVisibilityTimeout,
  expiredHandle,
  hasOnlyLegalCharacters,
  invalidHandle,
  isFifoName,
  isQueueName,
  missingParameter,
  wrongQueueType,
} from '../../src/sqs/validation.ts'
import { thrownBy } from './sqs-client.ts'

for (const text of [
  '\t',
  '\n',
  '\r',
  ' ',
  'ż',
  '\ud7ff',
  '\ue000',
  '\ufffd',
  '😀',
  '\u{10ffff}',
  '\u{1fffe}',
  '\x7f',
  '\x80',
]) {
  test(`${JSON.stringify(text)} is a legal character`, (t) => {
    t.true(hasOnlyLegalCharacters(`a${text}b`))
  })
}

for (const text of [
  '\0',
  '\x08',
  '\x0b',
  '\x0c',
  '\x0e',
  '\x1f',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udfff',
  '\udc00\ud800',
]) {
  test(`${JSON.stringify(text)} is a forbidden character`, (t) => {
    t.false(hasOnlyLegalCharacters(`a${text}b`))
    t.false(hasOnlyLegalCharacters(`ż${text}`))
  })
}

for (const name of ['a', 'A-b_9', 'orders.fifo', 'a'.repeat(80), `${'a'.repeat(75)}.fifo`]) {
  test(`'${name}' is a queue name`, (t) => {
    t.true(isQueueName(name))
  })
}

for (const name of [
  '',
  '.fifo',
  'a.b',
  'a.fifo.fifo',
  'bad name!',
  'a/b',
  'ä',
  'a\n',
  'a'.repeat(81),
  `${'a'.repeat(76)}.fifo`,
]) {
  test(`${JSON.stringify(name)} is no queue name`, (t) => {
    t.false(isQueueName(name))
  })
}

test('a FIFO queue is known by its suffix, case and all', (t) => {
  t.true(isFifoName('a.fifo'))
  for (const name of ['a', 'afifo', 'a.FIFO', 'a.fifo2']) t.false(isFifoName(name), name)
})

test('DelaySeconds is from 0 to 900', (t) => {
  for (const seconds of [0, 900]) t.notThrows(() => checkDelay(seconds))
  t.is(
    thrownBy(() => checkDelay(901)).message,
    'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
  )
  t.is(thrownBy(() => checkDelay(-1)).code, 'InvalidParameterValue')
})

test('VisibilityTimeout is from 0 to 43200', (t) => {
  for (const seconds of [0, 43_200]) t.notThrows(() => checkVisibilityTimeout(seconds))
  for (const seconds of [-1, 43_201]) {
    const error = thrownBy(() => checkVisibilityTimeout(seconds))
    t.is(error.code, 'InvalidParameterValue')
    t.regex(error.message, new RegExp(`^Value ${seconds} for parameter VisibilityTimeout is invalid\\. Reason: `))
  }
})

test('ids are 1 to 128 letters, digits and punctuation', (t) => {
  const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
  for (const id of ['a', punctuation, 'x'.repeat(128)]) t.notThrows(() => checkToken('MessageGroupId', id))
  for (const id of ['', 'group 123', 'x'.repeat(129), 'ä', 'a\n', '\t']) {
    t.is(
      thrownBy(() => checkToken('MessageGroupId', id)).message,
      `Value ${id} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    )
  }
})

test("complaints have AWS's words, codes and shapes", (t) => {
  const shown = [missingParameter('X'), wrongQueueType('X', 2), expiredHandle('h'), invalidHandle('h')]
  t.deepEqual(
    shown.map(({ error }) => [error.code, error.shape.replace(/^.*#/, ''), error.status, error.message]),
    [
      ['MissingParameter', 'MissingRequiredParameterException', 400, 'The request must contain the parameter X.'],
      [
        'InvalidParameterValue',
        'InvalidParameterValueException',
        400,
        'Value 2 for parameter X is invalid. Reason: The request include parameter that is not valid for this queue type.',
      ],
      [
        'InvalidParameterValue',
        'InvalidParameterValueException',
        400,
        'Value h for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
      ],
      [
        'ReceiptHandleIsInvalid',
        'ReceiptHandleIsInvalid',
        404,
        'The input receipt handle "h" is not a valid receipt handle.',
      ],
    ],
  )
})
