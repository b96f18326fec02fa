import { remembering } from '../core/remembering.ts'
import type { Scope, UpstreamTarget } from '../core/upstream.ts'

/** Where one request goes. */
export interface Endpoint {
  /** Scheme, host and path prefix, without a slash at the end. */
  readonly url: string
  /** What it is to be signed for; `undefined`: it bears the client's signature. */
  readonly scope: Scope | undefined
}

/** Names below which AWS has its regions. */
interface Partition {
  readonly regions: RegExp
  readonly suffix: string
  /** Of endpoints that answer over IPv6, too. */
  readonly dualStackSuffix: string
}

const PARTITIONS: readonly Partition[] = [
  { regions: /^cn-/, suffix: 'amazonaws.com.cn', dualStackSuffix: 'api.amazonwebservices.com.cn' },
  { regions: /^eusc-/, suffix: 'amazonaws.eu', dualStackSuffix: 'api.amazonwebservices.eu' },
  { regions: /^us-iso-/, suffix: 'c2s.ic.gov', dualStackSuffix: 'api.aws.ic.gov' },
  { regions: /^us-isob-/, suffix: 'sc2s.sgov.gov', dualStackSuffix: 'api.aws.scloud' },
  { regions: /^eu-isoe-/, suffix: 'cloud.adc-e.uk', dualStackSuffix: 'api.cloud-aws.adc-e.uk' },
  { regions: /^us-isof-/, suffix: 'csp.hci.ic.gov', dualStackSuffix: 'api.aws.hci.ic.gov' },
  { regions: /^/, suffix: 'amazonaws.com', dualStackSuffix: 'api.aws' },
]

/** Services whose hosts are not called as their signatures call them. */
const HOSTS: Readonly<Record<string, string>> = { ses: 'email', ecr: 'api.ecr' }

/** Services that are in no region: their host has none, and they are signed for this one. */
const GLOBAL = new Set(['iam', 'route53', 'cloudfront', 'organizations'])
const GLOBAL_REGION = 'us-east-1'

/** Plain: us-gov's endpoint of SQS has no other name for FIPS. */
const FIPS_BY_ITSELF = /^us-gov-/

/**
 * The endpoint of a service (by its signing name) for whoever signs for a region. A region becomes a part of a host name:
 * what cannot be one is refused. Throws nothing: `undefined` where there is no such endpoint.
 */
export function endpointOf(target: UpstreamTarget, service: string, callerRegion: string): Endpoint | undefined {
  if (target.to === 'url') {
    const region = target.region ?? placeOf(target.url).region ?? callerRegion
    return { url: target.url, scope: target.sign ? { region, service } : undefined }
  }
  const region = target.region ?? callerRegion
  if (!isLabel(region) || !isLabel(service)) return undefined
  const host = HOSTS[service] ?? service
  if (GLOBAL.has(service)) return { url: `https://${host}.amazonaws.com`, scope: { region: GLOBAL_REGION, service } }
  const { suffix, dualStackSuffix } = PARTITIONS.find(({ regions }) => regions.test(region)) as Partition
  const isPlain = !target.fips || (FIPS_BY_ITSELF.test(region) && !target.dualStack)
  const url = `https://${host}${isPlain ? '' : '-fips'}.${region}.${target.dualStack ? dualStackSuffix : suffix}`
  return { url, scope: { region, service } }
}

/** `sts.eu-west-1.amazonaws.com`, beside whatever endpoint of AWS the target is. */
export function endpointBeside(target: UpstreamTarget, service: string, region: string): Endpoint | undefined {
  const aws =
    target.to === 'aws' ? target : { to: 'aws' as const, region: target.region, fips: false, dualStack: false }
  return endpointOf(aws, service, region)
}

/** What an endpoint's URL says. */
export interface Place {
  readonly origin: string
  readonly host: string
  /** Of its paths; empty for none. */
  readonly prefix: string
  /** `https://vpce-0a1b.sqs.eu-west-1.vpce.amazonaws.com` */
  readonly region: string | undefined
}

/** Clients name regions, and those are parts of host names. */
const MOST_PLACES = 1000

/** There are few endpoints, and many requests to each. */
export const placeOf = remembering(MOST_PLACES, (url): Place => {
  const { origin, host, hostname, pathname } = new URL(url)
  const region = hostname.split('.').find((label) => /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/.test(label))
  return { origin, host, prefix: pathname === '/' ? '' : pathname, region }
})

function isLabel(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(text)
}
