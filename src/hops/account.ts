import type { HttpRequest } from '../core/exchange.ts'
import type { Client, NoCredentials, Send, Signer, UpstreamTarget } from '../core/upstream.ts'
import { endpointBeside } from './endpoint.ts'

export interface AccountParts {
  readonly send: Send
  /** Loaded when somebody is to sign. */
  readonly signer: () => Promise<Signer>
}

export interface Unknown {
  readonly kind: 'unknown'
  readonly reason: string
}

export type AccountOf = (
  target: UpstreamTarget,
  region: string,
  client: Client,
) => Promise<string | Unknown | NoCredentials>

const ASK: HttpRequest = {
  method: 'POST',
  target: '/',
  rawHeaders: ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
  body: Buffer.from('Action=GetCallerIdentity&Version=2011-06-15'),
}

/** Whose account the credentials are of: as their source tells it, else as STS does, asked once for each key. */
export function accountFinder({ send, signer: load }: AccountParts): AccountOf {
  let known: { readonly accessKeyId: string; readonly account: string } | undefined
  return async (target, region, client) => {
    const signer = await load()
    const identity = await signer.identity()
    if ('kind' in identity) return identity
    const { accessKeyId, account } = identity
    if (account !== undefined) return account
    if (known?.accessKeyId === accessKeyId) return known.account
    const endpoint = endpointBeside(target, 'sts', region)
    if (endpoint?.scope === undefined) return unknown(`there is no endpoint of STS in the region ${region}`)
    const { host, origin } = new URL(endpoint.url)
    const request = { ...ASK, origin, rawHeaders: ['Host', host, ...ASK.rawHeaders] }
    const signed = await signer.sign(request, endpoint.scope)
    if ('kind' in signed) return signed
    const sent = await send(signed, client)
    if (sent.kind === 'unreachable') return unknown(`${host}: ${sent.reason}`)
    if (sent.kind === 'failure') return unknown(`${host}: ${sent.failure.reason}`)
    const [, told] = /<Account>(\d{12})<\/Account>/.exec(sent.response.body.toString()) ?? []
    if (sent.response.status !== 200 || told === undefined) return unknown(`${host} answers ${sent.response.status}`)
    known = { accessKeyId, account: told }
    return told
  }
}

function unknown(reason: string): Unknown {
  return { kind: 'unknown', reason }
}
