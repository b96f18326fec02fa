import test from 'ava'
import { runningPipit } from './running-pipit.ts'

test('env prints what a shell evaluates, for the default session or another one', async (t) => {
  const { url, run } = await runningPipit(t)
  t.is(
    (await run('env')).stdout,
    [
      `export AWS_ENDPOINT_URL_SQS='${url}/sqs/'`,
      `export AWS_ENDPOINT='${url}'`,
      "export AWS_REGION='us-east-1'",
      "export AWS_DEFAULT_REGION='us-east-1'",
      "export AWS_ACCESS_KEY_ID='any'",
      "export AWS_SECRET_ACCESS_KEY='any'",
      `export PIPIT_URL='${url}'`,
      '',
    ].join('\n'),
  )
  const blue = {
    AWS_ENDPOINT_URL_SQS: `${url}/s/blue/sqs/`,
    AWS_ACCESS_KEY_ID: 'pipit-blue',
    PIPIT_URL: `${url}/s/blue`,
  }
  t.like(JSON.parse((await run('env', '--session', 'blue', '--json')).stdout), blue)
  t.like(JSON.parse((await run('env', '--url', `${url}/s/blue`, '--json')).stdout), blue)
})

test('env is of one session', async (t) => {
  const { run } = await runningPipit(t)
  t.is((await run('env', '--session', '*')).code, 2)
  t.is((await run('env', '--session', 'a/b')).code, 2)
})
