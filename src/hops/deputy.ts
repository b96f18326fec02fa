import { type AllowedHosts, hostComplaint, originComplaint } from '../core/allowed-host.ts'
import type { Exchange } from '../core/exchange.ts'

/**
 * Whoever reaches a forwarding gateway acts with its credentials, and a page in a browser can reach it: by a form, by an
 * image, by a name of its own that points here. Nothing of that bears a signature, comes from the gateway's own origin
 * and calls it by a name that is its own. Answers the complaint.
 */
export function deputyComplaint({ request, caller }: Exchange, trust: AllowedHosts): string | undefined {
  if (caller.accessKey === '')
    return 'it bears no signature: configure the client with credentials, any will do, and it signs its requests'
  return hostComplaint(request, trust) ?? originComplaint(request, trust)
}
