import test from 'ava'
import { faultLines, presetLines, type ShownFault } from '../../src/commands/faults-table.ts'

const fault: ShownFault = {
  id: 'lost-ack',
  at: 'client',
  on: { operation: 'DeleteMessage' },
  do: { reset: 'after-commit' },
  enabled: true,
  considered: 12,
  matched: 3,
  fired: 1,
  skippedBy: { operation: 9, first: 2 },
}

test('a fault is told with what it did, and why not more', (t) => {
  t.is(
    faultLines([fault], 42),
    `lost-ack  {"operation":"DeleteMessage"} {"reset":"after-commit"}
  fired 1, matched 3, considered 12, skipped by operation 9, first 2
seed 42`,
  )
})

test('where it stands, whose it is and that it is off are said where they are not the usual', (t) => {
  const [line] = faultLines([{ ...fault, at: 'mock', enabled: false, session: 'blue', skippedBy: {} }], 1).split('\n')
  t.regex(line ?? '', /^lost-ack \(mock, off, session blue\) {2}/)
})

test('what a terminal would act on is escaped, and what is long is cut', (t) => {
  const on = { queue: `a\u001b[2K${'x'.repeat(500)}` }
  const [line] = faultLines([{ ...fault, on }], 1).split('\n')
  t.false(line?.includes('\u001b'))
  t.true((line ?? '').length < 200)
})

test('without faults there are none, and presets stand in columns', (t) => {
  t.is(faultLines([], 1), 'no faults')
  t.is(presetLines({ a: { summary: 'x', rules: [] }, long: { summary: 'y', rules: [] } }), 'a     x\nlong  y')
})
