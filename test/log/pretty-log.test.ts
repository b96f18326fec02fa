import test from 'ava'
import picocolors from 'picocolors'
import { prettyLog } from '../../src/log/pretty-log.ts'
import { finished } from './exchanges.ts'
import { keeping } from './lines.ts'

test('everything that is said ends its line', (t) => {
  const { sink, text } = keeping()
  const log = prettyLog(sink, picocolors.createColors(false))
  log.started({ version: '0.1.0', url: 'http://localhost:3000', alsoUrls: [], services: [] })
  log.note('PIPIT_QUEUS\n is not known')
  log.exchange(finished())
  log.call('SendMessage orders: #1 reset(after-commit) → #2 200')
  log.bug('no error at all')
  t.is(
    text(),
    `pipit 0.1.0  http://localhost:3000
note: PIPIT_QUEUS\\x0a is not known
12:03:11.482 POST sqs SendMessage orders 200 1.2ms 5B id=8f3c… (aws-sdk-js 3.1169)
call: SendMessage orders: #1 reset(after-commit) → #2 200
bug: no error at all
`,
  )
})

test('a bug comes with its stack', (t) => {
  const { sink, text } = keeping()
  prettyLog(sink, picocolors.createColors(false)).bug(new TypeError('broken'))
  t.regex(text(), /^bug: TypeError: broken\n {4}at .*pretty-log\.test/)
})

test('a bug that quotes a client forges no line', (t) => {
  const { sink, text } = keeping()
  prettyLog(sink, picocolors.createColors(false)).bug(new Error('no such \n12:03:11.482 POST sqs \u001b[2K'))
  t.regex(text(), /^bug: Error: no such\n {4}12:03:11\.482 POST sqs \\x1b\[2K\n {4}at /)
})
