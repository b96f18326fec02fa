import test from 'ava'
import { clientName } from '../../src/log/client-name.ts'

const agents: readonly [agent: string, name: string | undefined][] = [
  ['aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1.0 lang/js md/nodejs#20.20.0 api/sqs#3.1169.0 m/E,n', 'aws-sdk-js 3.1169'],
  ['aws-sdk-js/3.1169.2', 'aws-sdk-js 3.1169.2'],
  ['Boto3/1.43.11 md/Botocore#1.43.11 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.11.2', 'boto3 1.43.11'],
  ['Botocore/1.31.0 Python/3.11', 'botocore 1.31'],
  ['aws-cli/1.45.11 md/Botocore#1.43.11 ua/2.1 os/linux#6.1', 'aws-cli 1.45.11'],
  ['aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64.debian.12 prompt/off command/sqs.send-message', 'aws-cli 2.15'],
  ['aws-sdk-go-v2/1.30.3 ua/2.0 os/linux lang/go#1.22.5 md/GOOS#linux api/sqs#1.34.3', 'aws-sdk-go-v2 1.30.3'],
  ['APN/1.0 HashiCorp/1.0 Terraform/1.5.7 aws-sdk-go-v2/1.30.3 ua/2.0', 'aws-sdk-go-v2 1.30.3'],
  ['aws-sdk-java/2.20.26 Linux/6.1 OpenJDK_64-Bit_Server_VM/17', 'aws-sdk-java 2.20.26'],
  ['aws-sdk-java/1.12.500 Linux/6.1', 'aws-sdk-java 1.12.500'],
  ['aws-sdk-dotnet-core/3.7.400.1 ua/2.0', 'aws-sdk-dotnet-core 3.7.400.1'],
  ['aws-sdk-rust/1.3.3 os/linux', 'aws-sdk-rust 1.3.3'],
  ['curl/7.88.1', 'curl 7.88.1'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', 'Mozilla 5.0'],
  ['node', 'node'],
  ['', undefined],
  ['(nothing)', undefined],
  ['\u001b[31m', undefined],
  [`${'x'.repeat(1000)}/1`, 'x'.repeat(40)],
]

for (const [agent, name] of agents) {
  test(`${JSON.stringify(agent.slice(0, 60))} is ${name?.slice(0, 40) ?? 'nobody we know'}`, (t) => {
    t.is(clientName(agent), name)
    t.is(clientName(agent), name, 'the second time, too')
  })
}

test('who does not say who it is has no name', (t) => {
  t.is(clientName(undefined), undefined)
})

test('names are right however many have called before', (t) => {
  for (let i = 0; i < 1000; i++) t.is(clientName(`made-up/${i}.1`), `made-up ${i}.1`)
})
