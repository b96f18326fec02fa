import test from 'ava'
import { Series } from '../../src/metrics/series.ts'

const series = () => new Series(['service', 'status'], () => ({ value: 0 }))

function add(all: ReturnType<typeof series>, service: string, status: number | string): void {
  const counter = all.of(service, status)
  if (counter !== undefined) counter.value++
}

test('every combination of values has a counter of its own', (t) => {
  const all = series()
  add(all, 'sqs', 200)
  add(all, 'sqs', 'reset')
  add(all, 'sns', 200)
  add(all, 'sqs', 200)
  t.deepEqual(
    [...all.entries()],
    [
      [{ service: 'sqs', status: '200' }, { value: 2 }],
      [{ service: 'sqs', status: 'reset' }, { value: 1 }],
      [{ service: 'sns', status: '200' }, { value: 1 }],
    ],
  )
})

test('what makes up values without end does not fill the memory, and what is known is still counted', (t) => {
  const all = series()
  for (let status = 0; status < 10_100; status++) add(all, 'sqs', status)
  t.is(all.size, 10_000)
  add(all, 'sqs', 0)
  t.is(all.of('sqs', 0)?.value, 2)
  t.is(all.of('sqs', 10_050), undefined)
})
