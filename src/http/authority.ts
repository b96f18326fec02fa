import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import * as x509 from '@peculiar/x509'
import type { Clock } from '../core/clock.ts'

/** A certificate with its key, as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** A certificate authority that lives as long as the process: its key is in memory only and cannot be asked for. */
export interface Authority {
  /** What a client has to trust. */
  readonly caPem: string
  /** A server's certificate for these host names and addresses. */
  issue(names: readonly string[]): Promise<Certificate>
}

const DAY_MS = 24 * 60 * 60 * 1000

/** A machine, its virtual machine and a container need not agree on the time. */
const BACKDATED_MS = DAY_MS
const CA_LIFE_MS = 3650 * DAY_MS
/** Some clients refuse a server's certificate that is valid for longer than 398 days. */
const LEAF_LIFE_MS = 390 * DAY_MS

/** Short, quick to make, and known to every client. */
const KEY = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/**
 * Makes one. Python 3.13 verifies strictly (RFC 5280): without key identifiers on both certificates it refuses them.
 */
export async function createAuthority(clock: Clock): Promise<Authority> {
  const [caKeys, serverKeys] = await Promise.all([newKeys(), newKeys()])
  const identifier = await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey)
  // Each start's authority has its own name: a client that was given two of them must not take one for the other.
  const name = `CN=pipit CA ${identifier.keyId.slice(0, 12)}, O=pipit`
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys: caKeys,
    notBefore: new Date(clock.nowMs() - BACKDATED_MS),
    notAfter: new Date(clock.nowMs() + CA_LIFE_MS),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      identifier,
    ],
  })
  const key = pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey))
  const fixed = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    await x509.SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
  ]
  const caPem = `${ca.toString('pem')}\n`
  return {
    caPem,
    async issue(names) {
      const alternatives = names.map((value) => ({
        type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const),
        value,
      }))
      const leaf = await x509.X509CertificateGenerator.create({
        subject: [{ O: ['pipit'] }],
        issuer: name,
        publicKey: serverKeys.publicKey,
        signingKey: caKeys.privateKey,
        notBefore: new Date(clock.nowMs() - BACKDATED_MS),
        notAfter: new Date(clock.nowMs() + LEAF_LIFE_MS),
        extensions: [...fixed, new x509.SubjectAlternativeNameExtension(alternatives)],
      })
      return { key, cert: `${leaf.toString('pem')}\n${caPem}` }
    },
  }
}

function newKeys() {
  return webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify'])
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
