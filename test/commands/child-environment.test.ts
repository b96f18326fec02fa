import test from 'ava'
import { childEnvironment } from '../../src/commands/child-environment.ts'

const URL = 'http://localhost:4000'
const PLACES = {
  AWS_ENDPOINT_URL: 'http://localhost:4000/',
  AWS_ENDPOINT_URL_SQS: 'http://localhost:4000/sqs/',
  AWS_ENDPOINT: 'http://localhost:4000',
  PIPIT_URL: 'http://localhost:4000',
}
const REGION = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' }
const KEYS = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' }

for (const [what, environment, wanted] of [
  ['nothing gets everything', {}, { ...PLACES, ...REGION, ...KEYS }],
  ['what is empty is not there', { AWS_REGION: '', AWS_PROFILE: ' ' }, { ...PLACES, ...REGION, ...KEYS }],
  [
    'a region stays, in both spellings',
    { AWS_REGION: 'eu-west-1' },
    { ...PLACES, ...KEYS, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' },
  ],
  [
    'the other spelling counts as well',
    { AWS_DEFAULT_REGION: 'eu-west-1' },
    { ...PLACES, ...KEYS, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' },
  ],
  ['a profile knows its region', { AWS_PROFILE: 'dev' }, PLACES],
  ['keys stay', { AWS_ACCESS_KEY_ID: 'AKIA' }, { ...PLACES, ...REGION }],
  ['a role of a container stays', { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' }, { ...PLACES, ...REGION }],
  [
    'a proxy is not for this machine',
    { https_proxy: 'http://proxy:3128', NO_PROXY: '.internal' },
    {
      ...PLACES,
      ...REGION,
      ...KEYS,
      NO_PROXY: '.internal,localhost,127.0.0.1',
      no_proxy: '.internal,localhost,127.0.0.1',
    },
  ],
] as ReadonlyArray<readonly [string, Record<string, string>, Record<string, string>]>) {
  test(`in the environment of a command, ${what}`, (t) => {
    t.deepEqual(childEnvironment(environment, URL, 'us-east-1'), wanted)
  })
}
