import test from 'ava'
import { livez, localstackHealth, readyz } from '../../src/admin/health.ts'

const read = ({ body }: { body: string | Buffer }): unknown => JSON.parse(body.toString())

test('livez says that the process answers, whatever else', (t) => {
  t.is(livez().status, 200)
  t.deepEqual(read(livez()), { status: 'ok' })
})

for (const { isReady, status, text } of [
  { isReady: true, status: 200, text: 'ready' },
  { isReady: false, status: 503, text: 'not ready' },
]) {
  test(`readyz is ${status} when it is ${text}`, (t) => {
    const answer = readyz({ isReady })
    t.is(answer.status, status)
    t.deepEqual(read(answer), { status: text })
  })
}

test("LocalStack's health has its words for every service, and is 200 all the time", (t) => {
  for (const [isReady, state] of [
    [true, 'running'],
    [false, 'initializing'],
  ] as const) {
    const answer = localstackHealth({ isReady }, ['sqs', 'sns'])
    t.is(answer.status, 200)
    t.deepEqual(read(answer), { services: { sqs: state, sns: state }, edition: 'pipit' })
  }
})
