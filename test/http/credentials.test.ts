import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { type CredentialChain, credentialChain, type Found } from '../../src/http/credentials.ts'

/** Where this machine's own credentials are does not matter to these tests. */
function environment(t: ExecutionContext, variables: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-aws-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    ...variables,
  })
  return folder
}

async function found(chain: CredentialChain): Promise<Found> {
  const given = await chain.find()
  if ('kind' in given) throw new Error(given.reason)
  return given
}

test.serial('keys of the environment are taken, with their token', async (t) => {
  environment(t, { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 'token' })
  t.deepEqual(await found(credentialChain()), {
    credentials: { accessKeyId: 'AKIAENV', secretAccessKey: 's', sessionToken: 'token' },
    identity: { accessKeyId: 'AKIAENV', source: 'the environment', account: undefined },
  })
})

test.serial('a profile is taken, and it may know its account', async (t) => {
  const folder = environment(t, { AWS_PROFILE: 'dev' })
  writeFileSync(
    join(folder, 'credentials'),
    '[dev]\naws_access_key_id=AKIADEV\naws_secret_access_key=s\naws_account_id=123456789012\n',
  )
  const { identity } = await found(credentialChain())
  t.deepEqual(identity, { accessKeyId: 'AKIADEV', source: 'a profile', account: '123456789012' })
})

test.serial('a process is asked', async (t) => {
  const folder = environment(t, {})
  const answer = JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPROC', SecretAccessKey: 's' })
  writeFileSync(join(folder, 'answer.json'), answer)
  writeFileSync(join(folder, 'config'), `[default]\ncredential_process = cat ${join(folder, 'answer.json')}\n`)
  const { identity } = await found(credentialChain())
  t.deepEqual(identity, { accessKeyId: 'AKIAPROC', source: 'a credential process', account: undefined })
})

test.serial('credentials are kept; after a renewal the file is read anew', async (t) => {
  const folder = environment(t, {})
  const write = (key: string): void =>
    writeFileSync(join(folder, 'credentials'), `[default]\naws_access_key_id=${key}\naws_secret_access_key=s\n`)
  write('AKIAFIRST')
  const chain = credentialChain()
  t.is((await found(chain)).identity.accessKeyId, 'AKIAFIRST')
  write('AKIASECOND')
  t.is((await found(chain)).identity.accessKeyId, 'AKIAFIRST')
  await chain.renew()
  t.is((await found(chain)).identity.accessKeyId, 'AKIASECOND')
})

test.serial('where there are none, what was tried is told in a line', async (t) => {
  environment(t, { AWS_PROFILE: 'nobody' })
  const given = await credentialChain().find()
  if (!('kind' in given)) return t.fail()
  t.regex(
    given.reason,
    /^tried AWS_ACCESS_KEY_ID, single sign-on, the profiles.*metadata.*: Could not load credentials/,
  )
  t.notRegex(given.reason, /\n/)
})

test.serial('a process that fails is told about without its command line', async (t) => {
  const folder = environment(t, {})
  writeFileSync(join(folder, 'config'), '[default]\ncredential_process = false --token sesame\n')
  const given = await credentialChain().find()
  if (!('kind' in given)) return t.fail()
  t.notRegex(given.reason, /sesame|\n/)
})
