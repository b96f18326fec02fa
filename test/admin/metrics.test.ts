import test from 'ava'
import { connect, createGateway, loadConfig } from '../../src/index.ts'

test('metrics are of the default session, of another one, or of all', async (t) => {
  const { config } = loadConfig({ flags: { port: '0' }, env: { PIPIT_QUEUES: 'orders' }, cwd: import.meta.dirname })
  const gateway = createGateway({ config })
  await gateway.start()
  t.teardown(() => gateway.close())
  const send = (prefix: string) =>
    fetch(`${gateway.url}${prefix}/sqs/000000000000/orders?Action=SendMessage&MessageBody=hello`)
  await send('')
  await send('/s/blue')
  await send('/s/blue')
  const { control } = connect(gateway.url)
  const sent = (text: string): string[] => text.match(/^aws_sqs_number_of_messages_sent_total.*$/gm) ?? []
  const of = async (session?: string): Promise<string> => control.text('/_pipit/metrics', { query: { session } })
  const labels = 'region="us-east-1",account="000000000000",queue="orders"'
  t.deepEqual(sent(await of()), [`aws_sqs_number_of_messages_sent_total{session="default",${labels}} 1`])
  t.deepEqual(sent(await of('blue')), [`aws_sqs_number_of_messages_sent_total{session="blue",${labels}} 2`])
  t.is(sent(await of('*')).length, 2)
  t.regex(await of(), /^aws_sqs_approximate_number_of_messages_visible\{session="default",.*\} 1$/m)
  t.regex(await of('blue'), /^aws_sqs_sent_message_size_bytes_total\{session="blue",.*\} 10$/m)
})
