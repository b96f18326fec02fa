import { Agent as HttpAgent, type ClientRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP } from 'node:net'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { getProxyForUrl } from 'proxy-from-env'

type Agent = HttpAgent | HttpsAgent

export interface Route {
  readonly target: URL
  readonly agent: Agent
}

/** Clients name regions, and those are parts of host names. */
const MOST_ROUTES = 1000

/**
 * The connections to other servers: kept while they are used, and through a proxy where HTTPS_PROXY, HTTP_PROXY, ALL_PROXY
 * and NO_PROXY say so. This machine is always reached directly.
 */
export class UpstreamAgents {
  readonly #kept: { readonly keepAlive: true; readonly timeout: number; readonly scheduling: 'lifo' }
  readonly #byRoute = new Map<string, Agent>()
  readonly #routes = new Map<string, Route>()
  /** Requests whose answer is the proxy's own: it did not let them through. */
  readonly #refused = new WeakMap<ClientRequest, string>()

  constructor({ idleMs }: { readonly idleMs: number }) {
    // Of an agent's timeout only connections take notice that nobody uses.
    this.#kept = { keepAlive: true, timeout: idleMs, scheduling: 'lifo' }
  }

  /** The agent for an origin like `https://sqs.eu-west-1.amazonaws.com`, and what that says. */
  route(origin: string): Route {
    const known = this.#routes.get(origin)
    if (known !== undefined) return known
    const route = { target: new URL(origin), agent: this.of(origin) }
    if (this.#routes.size >= MOST_ROUTES) this.#routes.clear()
    this.#routes.set(origin, route)
    return route
  }

  of(origin: string): Agent {
    const { protocol, hostname } = new URL(origin)
    const proxy = isThisMachine(hostname) ? '' : getProxyForUrl(origin)
    const route = `${protocol}${proxy}`
    let agent = this.#byRoute.get(route)
    if (agent === undefined) this.#byRoute.set(route, (agent = this.#create(protocol === 'https:', proxy)))
    return agent
  }

  /** What a proxy said instead of letting the request of this answer through. */
  refusalOf(answer: IncomingMessage): string | undefined {
    return 'req' in answer ? this.#refused.get(answer.req as ClientRequest) : undefined
  }

  close(): void {
    for (const agent of this.#byRoute.values()) agent.destroy()
    this.#byRoute.clear()
    this.#routes.clear()
  }

  #create(isSecure: boolean, proxy: string): Agent {
    if (proxy === '') return isSecure ? new HttpsAgent(this.#kept) : new HttpAgent(this.#kept)
    if (!isSecure) return new HttpProxyAgent(proxy, this.#kept)
    const agent = new Tunnels(proxy, this.#kept)
    agent.on('proxyConnect', ({ statusCode }: { statusCode: number }, request: ClientRequest) => {
      if (statusCode !== 200) this.#refused.set(request, `the proxy ${new URL(proxy).host} answers ${statusCode}`)
    })
    return agent
  }
}

/**
 * The library looks at the stack to learn whether TLS is wanted, and finds another answer when a connection is put away
 * than when one is looked for: none would be used twice.
 */
class Tunnels extends HttpsProxyAgent<string> {
  override isSecureEndpoint(): boolean {
    return true
  }
}

function isThisMachine(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0) return address === '::1' || address.startsWith('127.')
  return /(?:^|\.)localhost$/.test(address)
}
