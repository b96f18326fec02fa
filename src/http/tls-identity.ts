import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import type { SecureContext, TlsOptions } from 'node:tls'
import type { Clock } from '../core/clock.ts'
import { PipitError } from '../core/errors.ts'
import { lazily } from '../core/lazily.ts'
import type { Authority, Certificate } from './authority.ts'

const tls = lazily(() => process.getBuiltinModule('node:tls'))

export interface TlsRules {
  /** Files with a certificate (its chain behind it) and its key; both or none. */
  readonly cert: string | undefined
  readonly key: string | undefined
  /** Where the CA made at start is written, for clients that read a file. */
  readonly caFile: string | undefined
}

/** Who the gateway is towards clients that speak TLS. */
export interface TlsIdentity {
  readonly options: Pick<TlsOptions, 'cert' | 'key' | 'SNICallback'>
  /** What clients have to trust; `undefined` where the operator has brought a certificate. */
  readonly caPem: string | undefined
}

/** Reads the operator's certificate, or makes an authority for which any name that a client asks for is its own. */
export async function openTlsIdentity(rules: TlsRules, clock: Clock): Promise<TlsIdentity> {
  if (rules.cert !== undefined && rules.key !== undefined)
    return { options: givenCertificate(rules.cert, rules.key), caPem: undefined }
  // Loaded only here: it takes longer than all the rest of a start.
  const { createAuthority } = await import('./authority.ts')
  const authority = await createAuthority(clock)
  const own = await authority.issue(ownNames())
  if (rules.caFile !== undefined) writeCa(rules.caFile, authority.caPem)
  return { options: { ...own, SNICallback: byServerName(authority, own) }, caPem: authority.caPem }
}

function givenCertificate(certFile: string, keyFile: string): Certificate {
  const given = { cert: read(certFile, 'tls.cert'), key: read(keyFile, 'tls.key') }
  try {
    tls().createSecureContext(given)
  } catch (error) {
    const { message } = error as Error
    throw new PipitError(
      'bad-certificate',
      `${certFile} and ${keyFile} are no certificate and key that belong together, in PEM: ${message}`,
      { cause: error },
    )
  }
  return given
}

function read(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { message } = error as Error
    throw new PipitError('bad-certificate', `${file} (from ${option}) cannot be read: ${message}`, { cause: error })
  }
}

/** Clients may read it at any time, so it is there whole or not at all. */
function writeCa(file: string, caPem: string): void {
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, caPem, { mode: 0o644 })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    const { message } = error as Error
    throw new PipitError(
      'no-ca-file',
      `${file} (from tls.caFile) cannot be written: ${message}; give pipit a folder that it may write`,
      { cause: error },
    )
  }
}

/** For clients that name nobody: those that go to an address. */
function ownNames(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const names = ['localhost', 'pipit', hostname(), '127.0.0.1', '::1', ...addresses.map(({ address }) => address)]
  return [...new Set(names.filter((name) => isIP(name) !== 0 || NAME.test(name)))]
}

const NAME = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/i

/** A suite knows a handful of names; a client that makes up more must not fill the memory. */
const MOST_NAMES = 100

/** A certificate of its own for each name that a client asks for: `sqs.eu-west-1.amazonaws.com` is as good as `pipit`. */
function byServerName(authority: Authority, own: Certificate): NonNullable<TlsOptions['SNICallback']> {
  const fallback = tls().createSecureContext({ ...own })
  const contexts = new Map<string, Promise<SecureContext>>()
  const contextOf = (name: string): Promise<SecureContext> => {
    const known = contexts.get(name)
    if (known !== undefined) return known
    const [oldest] = contexts.keys()
    if (contexts.size >= MOST_NAMES && oldest !== undefined) contexts.delete(oldest)
    const context = authority.issue([name]).then((certificate) => tls().createSecureContext({ ...certificate }))
    contexts.set(name, context)
    return context
  }
  return (asked, answer) => {
    const name = asked.toLowerCase()
    if (!NAME.test(name)) return answer(null, fallback)
    void contextOf(name).then(
      (context) => answer(null, context),
      (error: unknown) => answer(error as Error),
    )
  }
}
