import test from 'ava'
import { openLog, type LogOptions } from '../../src/log/log.ts'
import { finished } from './exchanges.ts'
import { keeping } from './lines.ts'

/** The first word of everything that is said at a level. */
function heard(level: LogOptions['level']): string[] {
  const { sink, text } = keeping()
  const log = openLog({ level, format: 'pretty', isColored: false, sink })
  log.started({ version: '0.1.0', url: 'http://x', alsoUrls: [], services: [] })
  log.note('n')
  log.exchange?.(finished())
  log.exchange?.(finished({ status: 400 }))
  log.exchange?.(finished({ status: 500 }))
  log.call?.('c')
  log.bug('b')
  return text()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => / ([245]00) /.exec(line)?.[1] ?? (line.split(/[ :]/)[0] as string))
}

const levels: readonly [level: LogOptions['level'], words: readonly string[]][] = [
  ['silent', []],
  ['error', ['500', 'bug']],
  ['warn', ['note', '400', '500', 'bug']],
  ['info', ['pipit', 'note', '200', '400', '500', 'call', 'bug']],
  ['debug', ['pipit', 'note', '200', '400', '500', 'call', 'bug']],
]

for (const [level, words] of levels) {
  test(`at ${level}, ${words.length} things are said`, (t) => {
    t.deepEqual(heard(level), words)
  })
}

test('when silent, nobody needs to describe an exchange', (t) => {
  const { sink } = keeping()
  t.is(openLog({ level: 'silent', format: 'json', isColored: false, sink }).exchange, undefined)
})

test('the formats differ, and colours are asked for', (t) => {
  const json = keeping()
  const log = openLog({ level: 'info', format: 'json', isColored: true, sink: json.sink })
  log.exchange?.(finished())
  t.is(json.objects()[0]?.['msg'], 'exchange')
  const pretty = keeping()
  const colored = openLog({ level: 'info', format: 'pretty', isColored: true, sink: pretty.sink })
  colored.exchange?.(finished())
  t.true(pretty.text().includes('\u001b['))
})
