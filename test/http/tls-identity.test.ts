import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SecureContext } from 'node:tls'
import test, { type ExecutionContext } from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { createAuthority } from '../../src/http/authority.ts'
import { openTlsIdentity, type TlsIdentity } from '../../src/http/tls-identity.ts'

const clock = new VirtualClock()
const NONE = { cert: undefined, key: undefined, caFile: undefined }

function folder(t: ExecutionContext): string {
  const path = mkdtempSync(join(tmpdir(), 'pipit-tls-'))
  t.teardown(() => rmSync(path, { recursive: true }))
  return path
}

function contextFor({ options }: TlsIdentity, name: string): Promise<SecureContext> {
  return new Promise((resolve, reject) => {
    options.SNICallback?.(name, (error, context) =>
      context === undefined ? reject(error ?? new Error(name)) : resolve(context),
    )
  })
}

test('without a certificate there is a CA, written where clients find it, without its key', async (t) => {
  const caFile = join(folder(t), 'ca.pem')
  const identity = await openTlsIdentity({ ...NONE, caFile }, clock)
  t.is(readFileSync(caFile, 'utf8'), identity.caPem ?? '')
  t.notRegex(identity.caPem ?? '', /PRIVATE/)
})

test('every name that a client asks for gets a certificate, once', async (t) => {
  const identity = await openTlsIdentity(NONE, clock)
  const first = await contextFor(identity, 'SQS.us-east-1.amazonaws.com')
  t.is(await contextFor(identity, 'sqs.us-east-1.amazonaws.com'), first)
  t.not(await contextFor(identity, 'sqs.eu-west-1.amazonaws.com'), first)
})

test('what is no name gets the certificate for those who ask for nobody', async (t) => {
  const identity = await openTlsIdentity(NONE, clock)
  const fallback = await contextFor(identity, '*.amazonaws.com')
  t.is(await contextFor(identity, 'a'.repeat(300)), fallback)
})

test('a client that makes up names does not fill the memory', async (t) => {
  const identity = await openTlsIdentity(NONE, clock)
  const first = await contextFor(identity, 'first')
  for (let i = 0; i < 100; i++) await contextFor(identity, `name-${i}`)
  t.not(await contextFor(identity, 'first'), first)
})

test("the operator's certificate is used as it is, and there is no CA", async (t) => {
  const { cert, key } = await (await createAuthority(clock)).issue(['pipit.example.com'])
  const path = folder(t)
  writeFileSync(join(path, 'cert.pem'), cert)
  writeFileSync(join(path, 'key.pem'), key)
  const identity = await openTlsIdentity(
    { cert: join(path, 'cert.pem'), key: join(path, 'key.pem'), caFile: undefined },
    clock,
  )
  t.deepEqual(identity, { options: { cert, key }, caPem: undefined })
})

test('files that are not there, do not fit or cannot be written are named', async (t) => {
  const path = folder(t)
  const file = join(path, 'x.pem')
  writeFileSync(file, 'not a certificate')
  await t.throwsAsync(openTlsIdentity({ cert: join(path, 'none'), key: file, caFile: undefined }, clock), {
    code: 'bad-certificate',
    message: /none \(from tls\.cert\) cannot be read/,
  })
  await t.throwsAsync(openTlsIdentity({ cert: file, key: file, caFile: undefined }, clock), {
    code: 'bad-certificate',
    message: /are no certificate and key that belong together/,
  })
  await t.throwsAsync(openTlsIdentity({ ...NONE, caFile: join(path, 'nowhere', 'ca.pem') }, clock), {
    code: 'no-ca-file',
    message: /cannot be written.*give pipit a folder/,
  })
})
