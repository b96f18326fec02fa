import test from 'ava'
import { Metrics } from '../../src/metrics/metrics.ts'
import { ended } from '../journal/exchanges.ts'

const now = (session: string) => ({
  session,
  measures: [{ metric: 'aws_sqs_approximate_number_of_messages_visible', value: 3, labels: { queue: 'a"b\nc' } }],
})

test('the text has types, names, labels and values as Prometheus reads them', async (t) => {
  const metrics = new Metrics()
  metrics.add(ended())
  const { text, contentType } = await metrics.render([now('default')])
  t.regex(contentType, /^text\/plain; version=0\.0\.4/)
  t.regex(text, /^# TYPE pipit_requests_total counter$/m)
  t.regex(text, /^pipit_requests_total\{session="default",service="sqs",operation="SendMessage",status="200",.*\} 1$/m)
  t.regex(text, /^# TYPE pipit_request_duration_seconds histogram$/m)
  t.regex(text, /^pipit_request_duration_seconds_bucket\{le="0\.0025",.*\} 1$/m)
  t.regex(text, /^pipit_request_duration_seconds_count\{.*\} 1$/m)
  t.regex(
    text,
    /^# HELP aws_sqs_approximate_number_of_messages_visible ApproximateNumberOfMessagesVisible, as CloudWatch/m,
  )
  t.true(text.includes(String.raw`aws_sqs_approximate_number_of_messages_visible{session="default",queue="a\"b\nc"} 3`))
})

test('a session that is over is not counted any more', async (t) => {
  const metrics = new Metrics()
  metrics.add(ended({ session: 'blue' }))
  metrics.drop('blue')
  t.notRegex((await metrics.render([now('blue')])).text, /pipit_requests_total\{/)
})
