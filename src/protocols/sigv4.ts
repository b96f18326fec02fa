import { type Caller, type HttpRequest, header } from '../core/exchange.ts'
import { percentDecoded } from '../core/percent.ts'
import { LONGEST_REMEMBERED, remembering } from '../core/remembering.ts'

/** Accounts are read from access keys of this form, as LocalStack does it; every other key is this account's. */
const DEFAULT_ACCOUNT = '000000000000'
const SCHEME = 'AWS4-HMAC-SHA256'
const CREDENTIAL = 'Credential='
const PRESIGNED = 'X-Amz-Credential='

/**
 * Who calls, as the Authorization header or the presigned URL says; the signature itself is not looked at. What cannot
 * be read counts as not signed. A region is any string that is not empty.
 */
export function readCaller(request: HttpRequest, defaultRegion: string): Caller {
  const authorization = header(request, 'authorization')
  if (latest !== undefined && authorization?.startsWith(latest.beginning) === true) return latest.caller
  const scope = headerScope(authorization) ?? presignedScope(request.target)
  const caller = scope === undefined ? undefined : callerOf(scope)
  if (caller === undefined) return unsigned(defaultRegion)
  const beginning = `${SCHEME} ${CREDENTIAL}${scope},`
  if (beginning.length <= LONGEST_REMEMBERED && authorization?.startsWith(beginning) === true)
    latest = { beginning, caller }
  return caller
}

/** Of one request after the other it is the same one: then nothing is cut out of the header to find out. */
let latest: { readonly beginning: string; readonly caller: Caller } | undefined

/** A client's scope is the same for a day. */
const MOST_REMEMBERED = 1000
const callerOf = remembering(MOST_REMEMBERED, parseScope)

function unsigned(region: string): Caller {
  return { accessKey: '', region, account: DEFAULT_ACCOUNT, signingName: '' }
}

function headerScope(authorization: string | undefined): string | undefined {
  if (authorization === undefined || !authorization.startsWith(SCHEME)) return undefined
  const at = authorization.indexOf(CREDENTIAL, SCHEME.length)
  if (at < 0) return undefined
  const end = authorization.indexOf(',', at)
  return authorization.slice(at + CREDENTIAL.length, end < 0 ? undefined : end).trim()
}

function presignedScope(target: string): string | undefined {
  const at = target.indexOf(PRESIGNED)
  const before = target[at - 1]
  if (before !== '?' && before !== '&') return undefined
  const end = target.indexOf('&', at)
  return percentDecoded(target.slice(at + PRESIGNED.length, end < 0 ? undefined : end))
}

/** `<access key>/<date>/<region>/<service>/aws4_request`, read from its end: an access key is free text. */
function parseScope(scope: string): Caller | undefined {
  const serviceEnd = scope.lastIndexOf('/')
  const regionEnd = scope.lastIndexOf('/', serviceEnd - 1)
  const dateEnd = scope.lastIndexOf('/', regionEnd - 1)
  const keyEnd = scope.lastIndexOf('/', dateEnd - 1)
  const ordered = 0 < keyEnd && keyEnd < dateEnd && dateEnd + 1 < regionEnd && regionEnd + 1 < serviceEnd
  if (!ordered || !scope.endsWith('/aws4_request')) return undefined
  const accessKey = scope.slice(0, keyEnd)
  return {
    accessKey,
    region: scope.slice(dateEnd + 1, regionEnd),
    account: isAccount(accessKey) ? accessKey : DEFAULT_ACCOUNT,
    signingName: scope.slice(regionEnd + 1, serviceEnd),
  }
}

function isAccount(accessKey: string): boolean {
  return accessKey.length === 12 && /^\d+$/.test(accessKey)
}
