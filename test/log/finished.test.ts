import test from 'ava'
import { errorOf, isLoud, levelOf, operationOf, pathOf, type Level, type Threshold } from '../../src/log/finished.ts'
import { finished, type Wanted } from './exchanges.ts'

const levels: readonly [title: string, wanted: Wanted, level: Level][] = [
  ['an answer', {}, 'info'],
  ['a mistake of the client', { status: 400 }, 'warn'],
  ['an error of the server', { status: 500 }, 'error'],
  ['a lost answer', { failure: { ending: 'reset', reason: 'fault' } }, 'warn'],
]

for (const [title, wanted, level] of levels) {
  test(`${title} is told at ${level}`, (t) => {
    t.is(levelOf(finished(wanted)), level)
  })
}

const loud: Readonly<Record<Threshold, readonly Level[]>> = {
  silent: [],
  error: ['error'],
  warn: ['error', 'warn'],
  info: ['error', 'warn', 'info'],
  debug: ['error', 'warn', 'info', 'debug'],
}

test('a threshold lets through what is at least as grave', (t) => {
  for (const [threshold, heard] of Object.entries(loud))
    t.deepEqual(
      (['error', 'warn', 'info', 'debug'] as const).filter((level) => isLoud(level, threshold as Threshold)),
      heard,
    )
})

test('an operation has a name where the request was understood and is for a service', (t) => {
  t.is(operationOf(finished()), 'SendMessage')
  t.is(operationOf(finished({ operation: undefined })), undefined)
  t.is(operationOf(finished({ service: '' })), undefined)
})

test('the path comes without its query: there may be a signature in it', (t) => {
  t.is(pathOf(finished({ target: '/sqs/?X-Amz-Signature=abc' })), '/sqs/')
})

test('an error is one of the API', (t) => {
  t.is(errorOf(finished({ error: { code: 'E' } }))?.code, 'E')
  t.is(errorOf(finished()), undefined)
  t.is(errorOf(finished({ failure: { ending: 'hang', reason: '' } })), undefined)
})
