import type { Config } from './config.ts'
import { forwardedServices } from './config/service-tables.ts'
import type { Clock } from './core/clock.ts'
import type { Hop } from './core/hop.ts'
import type { Service } from './core/service.ts'
import { ALL_SERVICES, ofService } from './core/service-table.ts'
import type { Signer, UpstreamTarget } from './core/upstream.ts'
import { forwardHop, type ForwardRules } from './hops/forward.ts'
import type { Upstream } from './http/upstream.ts'

export interface ForwardingParts {
  readonly config: Config
  readonly services: readonly Service[]
  readonly wall: Clock
  /** Who this gateway is, among those that requests come by. */
  readonly id: string
}

/** The way to other servers, as the config has it. */
export interface Forwarding {
  readonly hop: Hop
  /** Is there somewhere to go on to for this service? `*`: for any. */
  readonly hasUpstream: (service: string) => boolean
  /** What whoever starts it should know, since it is no mock that is called. */
  notes(): Promise<readonly string[]>
  close(): void
}

/** What it takes is loaded when it is needed: most gateways forward nothing, and starting must be quick. */
export function createForwarding({ config, services, wall, id }: ForwardingParts): Forwarding {
  let upstream: Promise<Upstream> | undefined
  let signer: Promise<Signer> | undefined
  const loadSigner = (): Promise<Signer> => (signer ??= createLoadedSigner(wall))
  const byName = new Map(services.map((service) => [service.name, service]))
  const hop = forwardHop({
    send: async (request, client) => (await (upstream ??= createLoadedUpstream())).send(request, client),
    signer: loadSigner,
    rulesOf: ({ service }) => rulesOf(config, service),
    serviceOf: (name) => byName.get(name),
    trust: config,
    id: `pipit-${id}`,
  })
  return {
    hop,
    hasUpstream: (service) =>
      service === ALL_SERVICES
        ? Object.keys(config.upstream).length > 0
        : ofService(config.upstream, service) !== undefined,
    async notes() {
      const signed = forwardedServices(config).filter(([, target]) => isSigned(target))
      if (signed.length === 0) return []
      const names = signed.map(([service]) => (service === ALL_SERVICES ? 'every service' : service)).join(', ')
      const identity = await (await loadSigner()).identity()
      return [
        `calls of ${names} go on to AWS and act on a real account, and so do faults that repeat or delay one`,
        'kind' in identity
          ? `there are no AWS credentials to sign with yet: ${identity.reason}`
          : `signing for AWS with ${masked(identity.accessKeyId)}, found in ${identity.source}`,
      ]
    },
    close: () => void upstream?.then((loaded) => loaded.close()),
  }
}

async function createLoadedUpstream(): Promise<Upstream> {
  const { createUpstream } = await import('./http/upstream.ts')
  return createUpstream()
}

async function createLoadedSigner(wall: Clock): Promise<Signer> {
  const [{ createSigner }, { credentialChain }] = await Promise.all([
    import('./http/sign.ts'),
    import('./http/credentials.ts'),
  ])
  return createSigner(credentialChain(), wall)
}

/** Whoever asks has made sure that there is an upstream. */
function rulesOf(config: Config, service: string): ForwardRules {
  return {
    upstream: ofService(config.upstream, service) as UpstreamTarget,
    only: ofService(config.only, service),
    operations: ofService(config.operations, service),
    readOnly: ofService(config.readOnly, service) === true,
    confirmAccount: ofService(config.confirmAccount, service),
  }
}

function isSigned(target: UpstreamTarget): boolean {
  return target.to === 'aws' || target.sign
}

/** An access key id is no secret, and still nobody's business as a whole. */
function masked(accessKeyId: string): string {
  return accessKeyId.length > 8 ? `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}` : accessKeyId
}
