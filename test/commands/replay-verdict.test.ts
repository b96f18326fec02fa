import test from 'ava'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replayVerdict } from '../../src/commands/replay-verdict.ts'
import type { ReplayReport } from '../../src/fixtures/replay-report.ts'

const fine = { session: 'a', fixture: 'f', isOk: true, served: 1, misses: [], unused: [], notNeeded: 0 }
const missed = { ...fine, isOk: false, misses: [{ operation: 'X', subject: 'q', message: 'X is not in f.' }] }
const ended = (replays: readonly ReplayReport[], lost: readonly string[] = []) => ({
  replays: () => replays,
  lostRecordings: () => lost,
})

test('where everything was asked and nothing else, nothing is told', (t) => {
  const lines: string[] = []
  t.is(
    replayVerdict(ended([fine]), { report: undefined, mode: { '*': 'replay' } }, (line) => lines.push(line)),
    0,
  )
  t.is(
    replayVerdict(ended([]), { report: undefined, mode: { sqs: 'auto' } }, (line) => lines.push(line)),
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
    replayVerdict(ended([fine, missed]), { report, mode: {} }, (line) => lines.push(line)),
    4,
  )
  t.deepEqual(lines, ['replay of f (session a): X is not in f.'])
  t.deepEqual(JSON.parse(readFileSync(report, 'utf8')), { replays: [fine, missed] })
  t.is(
    replayVerdict(ended([fine]), { report: join(folder, 'no', 'x.json'), mode: {} }, (line) => lines.push(line)),
    0,
  )
  t.regex(lines.at(-1) ?? '', /x\.json cannot be written: ENOENT/)
})

test('a suite that never came does not replay green', (t) => {
  const lines: string[] = []
  t.is(
    replayVerdict(ended([]), { report: undefined, mode: { sqs: 'replay' } }, (line) => lines.push(line)),
    4,
  )
  t.regex(lines.join(), /^nothing was replayed: /)
})

test('a recording that had to stop fails the run, a miss comes before that', (t) => {
  const verdict = (replays: readonly ReplayReport[], lost: readonly string[]): number =>
    replayVerdict(ended(replays, lost), { report: undefined, mode: {} }, () => {})
  t.is(verdict([], ['f']), 1)
  t.is(verdict([missed], ['f']), 4)
})
