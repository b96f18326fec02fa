import { X509Certificate } from 'node:crypto'
import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { createAuthority } from '../../src/http/authority.ts'

const clock = new VirtualClock(Date.UTC(2026, 0, 10))

test('a certificate is for the names that were asked for, and signed by the authority', async (t) => {
  const authority = await createAuthority(clock)
  const ca = new X509Certificate(authority.caPem)
  const { cert, key } = await authority.issue(['sqs.eu-west-1.amazonaws.com', '127.0.0.1', '::1'])
  const leaf = new X509Certificate(cert)
  t.true(leaf.verify(ca.publicKey))
  t.true(leaf.checkIssued(ca))
  t.true(ca.ca)
  t.false(leaf.ca)
  t.is(leaf.checkHost('sqs.eu-west-1.amazonaws.com'), 'sqs.eu-west-1.amazonaws.com')
  t.is(leaf.checkHost('sqs.eu-west-2.amazonaws.com'), undefined)
  t.is(leaf.checkIP('127.0.0.1'), '127.0.0.1')
  t.is(leaf.checkIP('::1'), '::1')
  t.true(key.startsWith('-----BEGIN PRIVATE KEY-----\n'))
  t.true(cert.includes(authority.caPem), 'the chain is there')
  t.false(authority.caPem.includes('PRIVATE'))
})

test('clocks may differ by a day, and no certificate is valid for longer than clients accept', async (t) => {
  const authority = await createAuthority(clock)
  const leaf = new X509Certificate((await authority.issue(['a'])).cert)
  t.is(Date.parse(leaf.validFrom), Date.UTC(2026, 0, 9))
  t.true(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom) < 398 * 86_400_000)
})

test('two authorities do not pass for one another', async (t) => {
  const [one, two] = await Promise.all([createAuthority(clock), createAuthority(clock)])
  t.not(new X509Certificate(one.caPem).subject, new X509Certificate(two.caPem).subject)
  const leaf = new X509Certificate((await one.issue(['a'])).cert)
  t.false(leaf.verify(new X509Certificate(two.caPem).publicKey))
})
