import test from 'ava'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replayVerdict } from '../../src/commands/replay-verdict.ts'

const fine = { session: 'a', fixture: 'f', isOk: true, served: 1, misses: [], unused: [], notNeeded: 0 }
const missed = { ...fine, isOk: false, misses: [{ operation: 'X', subject: 'q', message: 'X is not in f.' }] }

test('where everything was asked and nothing else, nothing is told', (t) => {
  const lines: string[] = []
  t.is(
    replayVerdict([fine], { report: undefined, mode: { '*': 'replay' } }, (line) => lines.push(line)),
    0,
  )
  t.is(
    replayVerdict([], { report: undefined, mode: { sqs: 'auto' } }, (line) => lines.push(line)),
    0,
  )
  t.deepEqual(lines, [])
})

test('a miss in any session fails the run, and the report has all of them', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-verdict-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const report = join(folder, 'report.json')
  const lines: string[] = []
  t.is(
    replayVerdict([fine, missed], { report, mode: {} }, (line) => lines.push(line)),
    4,
  )
  t.deepEqual(lines, ['replay of f (session a): X is not in f.'])
  t.deepEqual(JSON.parse(readFileSync(report, 'utf8')), { replays: [fine, missed] })
  t.is(
    replayVerdict([fine], { report: join(folder, 'no', 'x.json'), mode: {} }, (line) => lines.push(line)),
    0,
  )
  t.regex(lines.at(-1) ?? '', /x\.json cannot be written: ENOENT/)
})

test('a suite that never came does not replay green', (t) => {
  const lines: string[] = []
  t.is(
    replayVerdict([], { report: undefined, mode: { sqs: 'replay' } }, (line) => lines.push(line)),
    4,
  )
  t.regex(lines.join(), /^nothing was replayed: /)
})
